"""Places and the clock they live by: states and big cities of the United States and Canada, European capitals. Data.

`UNSURE` marks a state with two zones, or a name that two places share: it says nothing by itself. A state with less
than one in a hundred of its people in another zone counts as having one.
"""

UNSURE = "?"

_ZONES = {
    "E": "America/New_York",
    "C": "America/Chicago",
    "M": "America/Denver",
    "P": "America/Los_Angeles",
    "A": "America/Halifax",
}
_STATES_IN = {
    "E": "ct:connecticut de:delaware dc:district_of_columbia ga: me:maine md:maryland ma:massachusetts mi:michigan "
    "nh:new_hampshire nj:new_jersey nc:north_carolina oh:ohio pa:pennsylvania ri:rhode_island sc:south_carolina "
    "vt:vermont va:virginia wv:west_virginia",
    "C": "al:alabama ar:arkansas il:illinois ia:iowa la:louisiana mn:minnesota ms:mississippi mo:missouri "
    "ok:oklahoma wi:wisconsin",
    "M": "co:colorado mt:montana nm:new_mexico ut:utah wy:wyoming",
    "P": "ca:california nv:nevada wa:washington_state",
    "A": "ns:nova_scotia nb:new_brunswick pe:prince_edward_island",
}
_SPLIT = (
    "tx:texas fl:florida tn:tennessee ky:kentucky in:indiana nd:north_dakota sd:south_dakota ne:nebraska ks:kansas "
    "id:idaho or:oregon nl:newfoundland nu:nunavut"
)
_OWN = {
    "az:arizona": "America/Phoenix",
    "ak:alaska": "America/Anchorage",
    "hi:hawaii": "Pacific/Honolulu",
    "ab:alberta": "America/Edmonton",
    "bc:british_columbia": "America/Vancouver",
    "mb:manitoba": "America/Winnipeg",
    "on:ontario": "America/Toronto",
    "qc:quebec": "America/Toronto",
    "sk:saskatchewan": "America/Regina",
}
_CITIES_IN = {
    "America/New_York": "new_york new_york_city nyc manhattan brooklyn queens bronx the_bronx staten_island boston "
    "philadelphia philly baltimore atlanta miami orlando tampa jacksonville fort_lauderdale charlotte raleigh "
    "pittsburgh cleveland cincinnati detroit buffalo washington_dc washington_d.c. washington_d.c dc d.c. newark "
    "jersey_city hartford providence norfolk virginia_beach toledo",
    "America/Chicago": "chicago dallas houston san_antonio austin fort_worth new_orleans nashville memphis milwaukee "
    "minneapolis st_paul saint_paul st._paul st_louis saint_louis st._louis kansas_city oklahoma_city tulsa omaha "
    "des_moines wichita little_rock baton_rouge birmingham_alabama",
    "America/Denver": "denver boulder colorado_springs albuquerque santa_fe salt_lake_city el_paso cheyenne",
    "America/Los_Angeles": "los_angeles san_francisco san_diego san_jose sacramento oakland fresno long_beach "
    "seattle tacoma spokane las_vegas vegas reno bakersfield anaheim",
    "America/Phoenix": "phoenix tucson mesa scottsdale",
    "America/Boise": "boise",
    "America/Indiana/Indianapolis": "indianapolis",
    "America/Kentucky/Louisville": "louisville",
    "America/Anchorage": "anchorage",
    "Pacific/Honolulu": "honolulu",
    "America/Toronto": "toronto montreal ottawa mississauga quebec_city",
    "America/Vancouver": "vancouver",
    "America/Edmonton": "calgary edmonton",
    "America/Winnipeg": "winnipeg",
    "America/Halifax": "halifax",
    "Europe/London": "london",
    "Europe/Dublin": "dublin",
    "Europe/Paris": "paris",
    "Europe/Berlin": "berlin",
    "Europe/Madrid": "madrid",
    "Europe/Lisbon": "lisbon lisboa",
    "Europe/Rome": "rome roma",
    "Europe/Vienna": "vienna wien",
    "Europe/Zurich": "bern zurich",
    "Europe/Brussels": "brussels bruxelles brussel",
    "Europe/Amsterdam": "amsterdam",
    "Europe/Luxembourg": "luxembourg",
    "Europe/Copenhagen": "copenhagen",
    "Europe/Stockholm": "stockholm",
    "Europe/Oslo": "oslo",
    "Europe/Helsinki": "helsinki",
    "Europe/Warsaw": "warsaw warszawa",
    "Europe/Prague": "prague praha",
    "Europe/Budapest": "budapest",
    "Europe/Bratislava": "bratislava",
    "Europe/Ljubljana": "ljubljana",
    "Europe/Zagreb": "zagreb",
    "Europe/Belgrade": "belgrade",
    "Europe/Bucharest": "bucharest",
    "Europe/Sofia": "sofia",
    "Europe/Athens": "athens",
    "Europe/Tallinn": "tallinn",
    "Europe/Riga": "riga",
    "Europe/Vilnius": "vilnius",
    "Europe/Malta": "valletta",
    "Asia/Nicosia": "nicosia",
    "Atlantic/Reykjavik": "reykjavik",
}
_AMBIGUOUS = "washington georgia portland columbus springfield birmingham kansas_city_area"


def _words(names: str) -> list[str]:
    return [name.replace("_", " ") for name in names.split()]


def _pairs() -> list[tuple[str, str, str]]:
    """(short form, name, zone) of every state and province."""
    told = [(pair, _ZONES[key]) for key, pairs in _STATES_IN.items() for pair in pairs.split()]
    told += [(pair, UNSURE) for pair in _SPLIT.split()] + list(_OWN.items())
    return [(pair.partition(":")[0], pair.partition(":")[2].replace("_", " "), zone) for pair, zone in told]


STATES = {(name or short): zone for short, name, zone in _pairs()}  # by their names
STATES_SHORT = {short: (name or short) for short, name, _ in _pairs()}
CITIES = {city: zone for zone, cities in _CITIES_IN.items() for city in _words(cities)} | dict.fromkeys(
    _words(_AMBIGUOUS), UNSURE
)
ALSO_NAMES = frozenset(  # of people: alone they are rather an answer to "What is your name?"
    _words("austin charlotte orlando paris sofia vienna virginia dallas houston london brooklyn boston phoenix mesa")
)
