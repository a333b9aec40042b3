"""Opting out, in any reasonable words. A bare keyword is always one; the same word inside a sentence "
"about work is not."""

import re

from botapp.scoring.readers.words import listed, rx, words_of

_KEYWORDS = listed(
    "stop stopp stoppp stopall stops stopping sotp stpo stp stopo stop- ztop atop stpp sstop stoop stoppit "
    "unstopp quit qiut quitt end revoke cancel cancle cancell cancal canel unsubscribe unsubscibe unsuscribe "
    "unsubcribe unsubscribed unsubsribe "
    "unsubscrib unsubscride unsub usubscribe unsubscirbe optout opt-out remove removeme rmove arret arretez "
    "alto parar pare paren para baja basta stopsms cancelar abmelden abbestellen austragen stornieren "
    "desinscrire desinscription "
    "desabonner desabonnement sair descadastrar sispann 停止 退订 стоп отписаться توقف"
)
_FILLERS = listed(
    "ok okay k please pls plz plss pleas no now just yes yeah hey hi um ugh omg all texts text txts txt "
    "texting messages message msgs msg sms messaging sending calling contacting emailing bothering spamming "
    "this these the those it me already thanks thx thank you "
    "u ty reply to opt out right immediately asap said i say i'm im so sir maam fucking fuck damn dammit "
    "seriously bro wait oh and from your yall guys again en por favor svp bitte merci gracias les aux der "
    "das de mich me enough sorry want wanna "
    "would like need contact contacts service subscription alerts notifications everything today"
)
_OPT_OUT = re.compile(r"\bopt(?:ing)?[ -]?(?:me[ -])?out\b|\b(?:opt|take) me out\b")
_OF_A_THING = rx(
    r"\bopt(?:ing)?[ -]?out (?:of|from) (?!this|these|texts?|messages?|all|your|the (?:texts?|messages?|list))"
)
_VERBS = (
    r"(?:text\w*|txt\w*|messag\w+|msg\w*|contact\w*|call\w*|email\w*|bother\w*|spam\w*|harass\w*|hit(?:ting)?"
    r"|bug(?:ging)?|pester\w*|writ\w+|send\w*|reach\w*|blow\w*|ask\w*|annoy\w*|hound\w*|disturb\w*)"
)
_LEAD = (
    r"(?:^|[.!?,;:\n] ?|\bplease |\bpls |\bplz |\bjust |\b(?:can|could|will|would) (?:you|u|ya|yall|someone"
    r"|they)(?: (?:please|pls|plz|guys|just|all))* |\b(?:you|u|yall)(?: guys)?(?: all)? (?:need to |better "
    r"|should |must )?|\b(?:need|want|like|ask|told|asked|tell|telling|asking)(?: (?:you|u|yall|them))(?: guys"
    r"| people)? to |\bsaid |\bno |\bnow |\bok |\bhow (?:do|can) i (?:get you to |make (?:you|this|it) )?|\bto )"
)
_STOP_DOING = rx(
    _LEAD
    + r"(?:stop|quit|cease)(?: (?:with|fucking|all|the|fuckin))*(?: |ping )"
    + _VERBS
    + r"\b|"
    + _LEAD
    + (
        r"(?:stop|end|cancel|kill|turn off|no more|quit|cut)(?: (?:with|all|of|the|these|this|those|your|my"
        r"|any))* (?:texts?|messages?|msgs|sms|txts?|text messages?|alerts?|reminders?|notifications?"
        r"|subscription|text subscription|contact|communications?|chat|conversation|spam|bullshit|shit|crap"
        r"|nonsense|calls)\b|"
    )
    + _LEAD
    + r"stop (?:it|this|these|them|that)(?: (?:now|already|please|pls|bot))*[.! ]*$"
)
_NOT_AGAIN = rx(
    r"(?<!they )(?<!she )(?<!he )(?<!we )(?<!i )(?<!customers )(?<!people )(?<!who )(?<!id )\b(?:dont|do not"
    r"|dont ever|never|dont you|plz dont|no need to|need not|you can stop|u can stop|quit)(?: (?:ever|keep|be|please"
    r"|you|dare|even|bother|stop))* (?:text|txt|message|msg|contact|call|email|write|hit|reach|send|bother"
    r"|texting|messaging|contacting|sending|calling|respond|reply|come back"
    r"|try)(?:ing)?(?: out)?(?: to)?\b(?: (?:me|us|this|here|my|anything|any|back|again|anymore|no more"
    r"|these|at this|back with))"
)
_HOURS_ONLY = rx(
    r"\b(?:before|after|until|till|while|during|so (?:early|late)|this (?:early|late)|at (?:night|work)"
    r"|on (?:sunday|saturday|weekend|my)|late|early|i (?:can|will|text|call)|ill|unless|if)\b"
)
_FOR_GOOD = words_of(r"again|any ?more|ever|at all|no more|never")
_OFF_LIST = rx(
    r"(?<!dont )(?<!not )(?<!do not )\b(?:take|remove|delete|get|scrub|drop|pull|strike|unlist|erase|wipe"
    r"|lose|forget|loose|purge|clear)(?: (?:please|pls|just))? (?:me\b(?! (?:some|the|a|my|to|in|out to"
    r"|there))|my (?:phone )?(?:number|#|num|name|info\w*|contact\w*|digits|data|cell|phone|details|email"
    r"|file)|this (?:number|phone|#)|us\b)"
)
_FROM_RUNNING = rx(
    r"\b(?:running|consideration|applica\w+|candidat\w+|for (?:this|the) (?:job|role|position)|job|line cook"
    r"|position|role|driver|shift|schedule|waitlist|waiting list|wait list|standby|carrier|nights)\b"
)
_REMOVE_LOOSE = rx(
    r"(?:[.,;!] ?|\band |\bim out[, ]+)(?:remove|unsubscribe|stop|optout|quit)(?: (?:me|please|pls|now))*[.! ]*$"
)
_UNSUB = rx(r"(?<!dont )(?<!didnt )(?<!never )(?<!not )\b(?:un-?subs?c?ri\w+|unsub\b)")
_GO_AWAY = rx(
    r"\b(?:leave (?:me|us) (?:alone|be)|go away|get lost|f(?:uck|\W+)? ?off|fuk off|piss off|back off"
    r"|buzz off|bug off|kick rocks|lose (?:my|this) (?:number|#|num)|loose my number|delete my (?:number"
    r"|contact)|forget my number|lemme alone|let me be)\b"
)
_WANTS_NONE = rx(
    r"\b(?:dont|do not|no longer|never|didnt|not|id like to not|rather not|wish not|prefer not)(?: (?:really"
    r"|even|ever|to))*(?: (?:want|wanna|wish|need|like|care|agree|consent|looking|get|receive|hear"
    r"|have))(?: (?:to|for|anymore|any more|you|u|yall|get|receive|recieve|hear|be|getting"
    r"|receiving))* (?:these|texts?|messages?|msgs|sms|your|from (?:you|u|yall|this|them)|contact(?:ed)?"
    r"|texted|messaged|called|anything (?:from|else from)|any (?:more )?(?:texts?|messages?|contact|of these"
    r"|further)|texting|further)\b"
)
_NOT_SIGNED = rx(
    r"\b(?:never|didnt|did not|dont remember|not)(?: (?:ever|even))? (?:sign(?:ed|ing)?(?: up)?|subscribed?"
    r"|consent(?:ed)?|opt(?:ed)? in|agreed?|asked?|gave?|give|authorized?|request(?:ed)?)(?: (?:up|you|u"
    r"|yall|anyone))?(?: (?:for|to|my|permission|consent))? (?:this|these|that|texts?|messages?|any|get|be"
    r"|number|permission|consent|text|contact|it)\b"
)
_LEGAL = rx(
    r"\bcease and desist|\bcease all|\bharass(?:ment|ing (?:me|us|people))\b|\b(?:do not|dont"
    r"|dnc)[ -]?(?:call|contact|text)? ?(?:list|registry)\b|\btcpa\b|\bfcc\b|\bftc\b|\b(?:my|a) (?:lawyer"
    r"|attorney)\b|\b(?:ill|i will|will|gonna|going to) (?:sue|report (?:you|yall|ur|u|this number))|\breport(?:ed"
    r"|ing) (?:(?:this|you|as|it|u) )+(?:as )?(?:spam|number)?|\b(?:this is|its|ur|just|fucking"
    r"|is this) spam\b|\brevok\w+ (?:my |all )?(?:consent|permission)|\bwithdraw\w* (?:my )?consent|\bgdpr\b"
)
_BLOCK = rx(
    r"\b(?:block(?:ing|ed)?) (?:you|u|ur|this|yall|your|ya)\b|\blast (?:text|message|msg|time (?:you|u"
    r"|yall))\b(?=.*\b(?:from|get|got|you|contact|text)\b)|\bhow many times (?:do|must|have) i\b"
    r"|\benough (?:already|with|of)\b|\bno more (?:texts?|messages?|msgs?|sms|contact|of (?:this|these)"
    r"|please|pls|from)\b|\b(?:stop|quit) asking\b(?! (?:the|my|our|customers|him|her|them))|\b(?:only"
    r"|just) (?:by )?e-?mail\b|\be-?mail (?:only|me instead|is better|please|instead)\b|\bprefer e-?mail\b"
    r"|\bnot by text\b|\b(?:text|txt) (?:yall|you|u) way too much\b|\bnot another (?:text|message|word)\b"
    r"|\bnever (?:write|text|contact|call|message) (?:me|us|again)\b|\bstop\W{0,3}stop\b|\bi said stop\b"
    r"|\bend of (?:conversation|discussion)\b"
)
_OTHER = rx(
    r"\bno me (?:mand\w+|escrib\w+|molest\w+|contact\w+|llam\w+|envi\w+|text\w+|busqu\w+)(?: (?:mas|nada"
    r"|nunca))?|\bya no (?:me )?(?:mand\w+|escrib\w+|quiero (?:recibir|mensajes|que me)|molest\w+|envi\w+)"
    r"|\bdej\w+ de (?:escrib\w+|mand\w+|molest\w+|envi\w+|text\w+|llam\w+|contact\w+)"
    r"|(?<!estoy )(?<!estaba )(?<!estuve )\b(?:dar|dame|denme|deme|darme|quiero)(?:me"
    r"|nos)? (?:de )?(?:la )?baja\b|\b(?:quit\w+|borr\w+|elimin\w+|sac\w+)(?:me)? (?:mi (?:numero|nombre"
    r"|telefono|contacto|datos)|de (?:su|la|esta|tu) lista)|\b(?:quitenme|saquenme|borrenme|eliminenme)\b"
    r"|\bdejen?me (?:en paz|tranquil\w+)|\bno quiero (?:recibir|mas|que me (?:escrib|mand|contact"
    r"|llam)\w*)(?: (?:mensajes|textos|sms|nada))?|\bno mas (?:mensajes|textos|sms)|\bbasta (?:ya|de)"
    r"|\bpar[ea]n? de (?:escrib|mand|envi|molest)\w+"
    r"|\b(?:arrete[zr]?|cesse[zr]?)(?: de)? (?:m\w+|les|vos|ces|avec|tout|svp)|\b(?:ne |n)?(?:me "
    r"|m)?(?:contact|ecri|envoy|appel|text|relanc|derang)(?:ez|er|vez|vre)(?: moi)? (?:plus|pas)\b|\b(?:retir"
    r"|supprim|enlev|desinscri|desabonn|effac)\w*(?: -?moi|-moi| mon (?:num\w*|nom|tel\w*|contact)"
    r"| mes (?:donnees|coordonnees))|\b(?:me|moi) (?:desinscri\w+|desabonn\w+|retirer)|\b(?:foutez|laissez"
    r"|fichez|lachez|foutez)[ -](?:moi )?(?:la paix|tranquille|moi)|\bveux plus (?:recevoir|de vos|de sms|etre"
    r"|que vous)|\bplus (?:de|aucun) (?:sms|messages?|textos?)\b"
    r"|\b(?:abmelden|abbestellen|austragen)\b|\bkeine (?:weiteren? |mehr )?(?:nachrichten|sms|texte|werbung"
    r"|mails)|\blass\w*(?: sie)? mich (?:bitte )?in (?:ruhe|frieden)|\b(?:schreib\w*|kontaktier\w*|ruf\w*"
    r"|melde\w*|text\w*)(?: sie)?(?: mi[rc]h?| uns)?(?: bitte)? (?:bitte )?nicht mehr|\bhor\w* (?:bitte "
    r"|endlich )?(?:auf|damit auf)\b(?=.{0,25}(?:schreib|nachricht|sms|mir|mich|damit|$))"
    r"|\bnicht mehr (?:schreiben|kontaktieren|anschreiben|anrufen|texten|kontaktiert|angeschrieben)"
    r"|\blosch\w*(?: sie)?(?: bitte)? meine? (?:nummer|daten)|\bnehm\w*(?: sie)? (?:mich"
    r"|meine nummer)(?: bitte)? (?:von|aus|raus|runter)|\bkein kontakt mehr|\bkeinen kontakt"
    r"|(?:别|不要|勿)(?:再)?(?:发|给我|打扰|联系)|退订|取消订阅|не (?:пишите|присылайте|беспокойте)|отпиш\w+"
    r"|\bnao (?:me )?(?:mande\w*|envie\w*|quero (?:mais|receber))|\bpare(?:m)? de\b|\bpa (?:voye|ekri) m\b"
    r"|\bsispann\b|\bwag na\b|\bdung (?:nhan|gui)\b"
)
_STORY = 160  # longer than this, a message is more likely a story than a wish
_ME = words_of(r"me|my number|this number|texts?|messages?|texting|messaging|mich|mir|mi numero|recevoir")
_SIGN = "\U0001f6d1"
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)?")


def _stretched(word: str) -> str:
    """ "stooop" as "stop"."""
    return re.sub(r"(.)\1{2,}", r"\1", word)


def bare_keyword(folded: str) -> bool:
    """Nothing but an opt-out keyword and courtesies."""
    if len(folded) > 80:
        return False
    words = [_stretched(w) for w in _TOKEN.findall(folded)]
    if not words:
        return _SIGN in folded
    keyed = any(w in _KEYWORDS or w.replace("-", "") in _KEYWORDS for w in words) or bool(_OPT_OUT.search(folded))
    return keyed and all(w in _KEYWORDS or w in _FILLERS or w.replace("-", "") in _KEYWORDS for w in words)


def opts_out(folded: str) -> bool:
    """Whether a reasonable person would read the folded message as "do not text me"."""
    if bare_keyword(folded):
        return True
    if len(folded) > 600:
        return bool(
            re.search(r"\b(?:stop|dont|do not|never) (?:text|contact|messag|call)\w* me\b|\bunsubscribe me\b", folded)
        )
    if (
        _OPT_OUT.search(folded)
        and not _OF_A_THING.search(folded)
        and not re.search(r"\b(?:dont|didnt|not|never|no) (?:\w+ )?opt", folded)
    ):
        return True
    if len(folded) > _STORY:
        return _off_the_list(folded) or (any(p.search(folded) for p in _STRONG) and bool(_ME.search(folded)))
    return _off_the_list(folded) or _not_again(folded) or any(p.search(folded) for p in _PLAIN)


def _off_the_list(folded: str) -> bool:
    found = _OFF_LIST.search(folded)
    return bool(found and not _FROM_RUNNING.search(folded[found.start() :]) and _list_like(folded, found))


def _list_like(folded: str, found: re.Match[str]) -> bool:
    about_me = found[0].split()[-1] in ("me", "us") or found[0].startswith(
        ("get", "pull", "drop", "clear", "forget my name")
    )
    return (
        not about_me
        or bool(
            re.match(
                r"(?: the (?:hell|fuck))? (?:off|from|out of)\b(?! (?:work|the (?:shift|schedule|hook|house)|bed|my))",
                folded[found.end() :],
            )
        )
        or found[0].startswith(("unlist", "remove me", "delete me", "erase"))
    )


def _not_again(folded: str) -> bool:
    found = _NOT_AGAIN.search(folded)
    if not found:
        return False
    rest = folded[found.end() - 4 :]
    return bool(_FOR_GOOD.search(folded[found.start() :])) or not _HOURS_ONLY.search(rest)


_STRONG = (_STOP_DOING, _UNSUB, _WANTS_NONE, _NOT_AGAIN, _OTHER)
_PLAIN = (_STOP_DOING, _REMOVE_LOOSE, _UNSUB, _GO_AWAY, _WANTS_NONE, _NOT_SIGNED, _LEGAL, _BLOCK, _OTHER)
