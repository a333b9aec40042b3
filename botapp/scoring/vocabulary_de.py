"""German words by which an answer is held against a reference. Data only; general to work of any kind."""

from botapp.scoring.vocabulary import words

EMPTY = words(
    "der die das den dem des ein eine einen einem einer eines und oder aber ich du er sie es wir ihr mich mir dich dir",
    "ihn ihm uns euch ihnen mein meine meinen meiner meinem dein deine sein seine seinen seiner ihre ihren ihrer unser",
    "ist sind war waren bin bist wird werden würde wurde hat haben hatte habe hätte kann können könnte muss müssen",
    "müsste soll sollen sollte sollten darf dürfen will wollen möchte auf in im an am zu zum zur von vom mit bei beim",
    "für über unter aus nach vor durch um ob als wie was wer wo wann welche welcher welches wenn dann da dass daß weil",
    "so auch noch nur schon sehr mehr man sich selbst diese dieser dieses diesem diesen jede jeder jedes jeden alle",
    "alles etwas sowie sowohl bzw ggf hier dort dazu dabei daraus damit hin her ab bis ja nein nicht kein keine keinen",
    "z b p frage antwort usw etc bitte einfach halt eben mal also doch denn",
)
ENDINGS = (
    "lichkeiten", "igkeiten", "lichkeit", "igkeit", "lichen", "licher", "liches", "ungen", "heiten", "keiten", "liche",
    "ieren", "iert", "ung", "heit", "keit", "lich", "isch", "enden", "endes", "ender", "ende", "igen", "iges", "iger",
    "ige", "sten", "ern", "end", "ten", "tes", "ter", "test", "em", "er", "en", "es", "te", "st", "ig", "e", "s", "n",
    "t",
)  # fmt: skip
DENIALS = words("nicht kein keine keinen keinem keiner nie niemals ohne weder nichts")
SYNONYMS = (
    "foto fotografieren fotografiere bild bilder aufnahme knipsen ablichten",
    "notieren notiere aufschreiben schreibe vermerken festhalten dokumentieren dokumentiere eintragen angeben",
    "personal mitarbeiter mitarbeiterin kollege kollegin angestellte verkäufer beschäftigte",
    "kunde kundschaft gast käufer",
    "kaufen kaufe erwerben besorgen holen einkaufen",
    "bezahlen bezahle zahlen zahle begleichen tragen kosten",
    "sauber sauberkeit hygiene rein gepflegt ordentlich ordnung aufgeräumt schmutzig dreckig",
    "begrüßen begrüßung hallo grüßen gruß ansprache",
    "verabschieden verabschiedung tschüss abschied wiedersehen",
    "höflich freundlich nett zuvorkommend respektvoll höflichkeit",
    "geöffnet offen auf öffnungszeit öffnungszeiten",
    "egal beliebig jederzeit uneingeschränkt wahl",
    "zeit uhrzeit zeitpunkt zeitlich tageszeit uhr wann",
    "vorzeigen zeigen zeige vorlegen präsentieren",
    "ware waren artikel produkt produkte sortiment bestand",
    "chef vorgesetzte leiter leitung filialleiter",
    "beenden beende abschließen fertig ende durchführen fortsetzen weitermachen",
    "melden melde informieren bescheid mitteilen berichten sagen",
    "prüfen prüfe kontrollieren überprüfen nachsehen achten",
    "hilfe helfen unterstützen unterstützung",
    "fehler problem mangel defekt kaputt",
    "sicher sicherheit gefahr schutz",
    "team gruppe gemeinsam zusammen",
    "schnell rasch sofort umgehend gleich",
)  # fmt: skip
MARKS = words(
    "der die das den dem und ich ist nicht ein eine einen mit auf für von zu wir sie er es im am zum zur muss soll",
    "werden wird kann dass wenn auch oder sind hat haben bei nach wie als man",
) - {"am", "die", "man", "hat", "den", "also"}
