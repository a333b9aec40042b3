"""Words that references to questions are made of: places, words that say nothing, and words for the same thing.

The last in English, Spanish, French and German: a draft in one is edited in another.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _groups(text: str) -> tuple[frozenset[str], ...]:
    return tuple(map(_words, text.split(",")))


ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            ("first", "1st"),
            ("second", "2nd"),
            ("third", "3rd"),
            ("fourth", "4th"),
            ("fifth", "5th"),
            ("sixth", "6th"),
            ("seventh", "7th"),
            ("eighth", "8th"),
        ),
        1,
    )
    for word in words
}
STOP = _words(
    """
    a about all an and any anything are asking asks at be been bit can could das de del dem den der des did didn
    didnt die do does du el ever everything for from get had has have how i if in is it item la las le les like los
    make me my not of on one ones or other our part please q question questions second should sobre something stuff
    sur tell that the their them there they thing things this time to us was we were what when where whether which
    who will with would you your
    """
)
SAME = _groups(
    """
    carnet cdl conducir conduire führerschein licence licences licencia license licensed licenses permis permiso
    permit schein staplerschein,
    compensation earn gehalt lohn money pay paye salaire salario salary sueldo wage wages,
    nacht nachtschicht nachtschichten night nights noche nocturno nocturnos nuit nuits overnight,
    fines saturday saturdays semana sunday sundays week-end week-ends weekend weekends wochenende wochenenden,
    arbeitszeit availability available horaires horario hours nachtschicht poste schedule schicht schichten shift
    shifts start turno turnos,
    années erfahrung experience experienced experiencia expérience jahre worked years,
    cargar carry carrying heavy heben levantar lift lifting porter soulever,
    abschluss bachelor college degree diploma diplôme education studium titulación título university,
    allowed arbeitserlaubnis authorised authorization authorized autorisation eligible legally permit right visa,
    background check criminal dbs record,
    auto car coche commute conducir conduire drive driving fahren fahrzeug transport transportation vehicle vehículo
    voiture véhicule,
    erreur error errors fallo fehler mistake mistakes wrong,
    colleague colleagues equipo kollegen team teammates teamwork together équipe,
    client cliente clientes clients customer customers guest guests kunde kunden,
    beschwerde beschwerden complaint complaints dissatisfied plainte plaintes queja quejas unhappy,
    angry calm calmed deescalate upset,
    fast pace quick speed,
    bilingual english language languages spanish,
    card cert certificate certification certified,
    18 age eighteen old older,
    card dot health medical,
    cariste carretilla carretillero chariot elevadora forklift stapler staplerschein,
    anfangen beginn commencer début empezar incorporación inicio start,
    bewohner resident residente residentes residents résident,
    ehpad heim home pflegeheim residencia,
    almacén entrepôt lager warehouse,
    demencia dementia demenz démence,
    connection download internet mbps wifi
    """
)
