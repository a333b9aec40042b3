"""English words by which an answer is held against a reference. Data only; general to any subject."""

from botapp.scoring.vocabulary import words

EMPTY = words(
    "a an the and or but of to in on at for from with by as is are was were be been being am i im ive id me my "
    "we our us",
    "you your he him his she her it its they them their this that these those there here what which who when "
    "where how if",
    "then than so too very also not no nor do does did doing has have had can could will would should may might "
    "must into",
    "over under after before again more most some any all each every other such own same get up down out off one thing",
    "things like well just only about because through between while during per vs etc e.g i.e whereas however answer",
)
ENDINGS = (
    "izations", "ization", "ations", "ation", "ements", "ement", "ments", "ment", "ities", "ity", "ings", "ing", "ives",
    "ive", "ions", "ion", "ies", "ied", "ness", "able", "ible", "ers", "ed", "es", "er", "ly", "al", "s", "e", "y",
)  # fmt: skip
DENIALS = words("not no never dont don't doesn't doesnt isn't isnt cannot can't cant without neither nor none won't")
SYNONYMS = (
    "begin begins start starts beginning initial initially first",
    "end ends finish last final terminate",
    "big large huge great bigger larger",
    "small little tiny smaller fewer less",
    "fast quick quickly rapid faster speed",
    "check verify test inspect validate examine",
    "fix repair correct solve resolve",
    "error mistake fault bug wrong incorrect",
    "make create build produce construct generate",
    "use uses utilise utilize employ apply",
    "show display print present output",
    "keep hold store save contain contains",
    "remove delete erase drop discard",
    "change modify alter update edit",
    "need require requires necessary must required",
    "increase grow rise grows higher double",
    "decrease reduce shrink fall lower drops",
    "send transmit deliver transfer forward",
    "receive get obtain arrive",
    "split divide separate partition",
    "join combine merge concatenate connect",
    "order sort arrange sequence",
    "same equal identical equivalent",
    "different differ distinct unlike difference",
    "part piece portion section segment component",
    "copy duplicate replicate clone",
    "whole entire complete full",
    "allow permit enable let",
    "stop halt block prevent avoid",
    "look find search locate seek",
    "tell inform notify report say",
    "ask request query enquire",
    "boss manager supervisor leader",
    "customer client guest user",
    "colleague coworker teammate partner",
    "help assist support aid",
    "safe secure protected safety",
    "advantage benefit pro strength",
    "disadvantage drawback con weakness",
    "cause reason why source",
    "many multiple several various",
    "once single one",
    "position place location index",
    "value number amount quantity",
    "type kind sort category",
    "way method approach manner",
    "simulate model imitate mimic prototype",
    "call invoke execute run",
)  # fmt: skip
MARKS = words("the of and to is are in that it for with be this by as an can not or which will from has have")
OTHER_MARKS = words(
    "el los las que una por para con pero muy como est les des une pour dans avec sur pas nous vous mais être il "
    "che di",
    "per sono não uma com os het een niet voor och att det jest się",
)
