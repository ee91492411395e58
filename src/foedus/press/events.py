"""What happens in a piece: who asks, decides, sends, attacks, leaves, with whom, when, and whether it is said to be done, planned or denied."""

import re
from typing import Any

from foedus.press.piece import Piece

# type, what the words say of it, per language. The words are stems; the modality is that of the clause unless one is given.
KINDS: list[tuple[str, str | None, dict[str, str]]] = [
    ("request", "asked", {
        "en": r"\b(?:ask(?:ed|s|ing)? (?:for|the|nato|its|moscow|russia|allies)|appeal(?:ed|s)? (?:to|for)|request(?:ed|s|ing)?|called (?:on|in)|invited|sought (?:help|assistance|military))\b",
        "ru": r"\b(?:попросил\w*|запросил\w*|обратил\w* (?:к|за|с просьбой)|обращени\w+ (?:к|за)|просьб\w+ о|просил\w* о|запрос\w* (?:помощ|о))\w*",
        "ar": r"(?:^|\s)[وفب]?(?:طلب|طلبت|طلبه|طلبها|يطلب|تطلب|ناشد|ناشدت|استنجد|استنجدت|دعوته|بدعوته)(?=\s)"}),
    ("invocation", "decided", {
        "en": r"\b(?:invok(?:ed|es|ing)|trigger(?:ed|s|ing)?|activat(?:ed|es|ing))\b", "ru": r"\b(?:задействова\w+|активир\w+|сослал\w+ на стать\w+|прибег\w* к стать\w+)",
        "ar": r"(?:^|\s)[وفب]?(?:ال)?(?:تفعيل|فعل|فعلت|تفعل|استند|استندت|استناد)(?=\s)"}),
    ("consultation", "asked", {"en": r"\bconsult(?:ations?|ed|s)\b", "ru": r"\bконсультаци\w+", "ar": r"(?:مشاورات|للتشاور|التشاور|تشاور)"}),
    ("decision", "decided", {
        "en": r"\b(?:decid(?:ed|es)|approv(?:ed|es)|adopt(?:ed|s)|agreed to|authori[sz](?:ed|es)|endors(?:ed|es)|voted)\b", "ru": r"\b(?:решил\w*|принял\w* решени\w+|одобрил\w*|утвердил\w*|постановил\w*|санкционировал\w*|проголосовал\w*)",
        "ar": r"(?:^|\s)[وف]?(?:قرر|قررت|وافق|وافقت|اعتمد|اعتمدت|صادق|صادقت|اقر|اقرت|تبني|تبنت|صوت|صوتت)(?=\s)"}),
    ("refusal", "denied", {
        "en": r"\b(?:declin(?:ed|es) to|refus(?:ed|es) to|turned down|rejected (?:the|a) request)\b", "ru": r"\b(?:отказал\w* (?:в|от|направ|отправ|вмеш)|отклонил\w*|отверг\w*)",
        "ar": r"(?:^|\s)[وف]?(?:رفض|رفضت|امتنع|امتنعت|يرفض|ترفض)(?=\s)"}),
    ("deployment", "sent", {
        "en": r"\b(?:deploy(?:ed|s|ing|ment)?|sen(?:t|ds|ding) (?:troops|soldiers|forces|peacekeepers|a force|\d|its|about|more|some)|dispatch(?:ed|es|ing)?)\b",
        "ru": r"\b(?:направил\w*|отправил\w*|развернул\w*|перебросил\w*|ввел\w* (?:войск|сил|контингент)|развертыва\w+|переброск\w+|ввод\w* войск|направлени\w+ (?:войск|сил|миротвор|контингент))",
        "ar": r"(?:^|\s)[وفب]?(?:س?(?:ارسل|ارسلت|يرسل|ترسل)|نشر|نشرت|تنشر|ينشر|ارسال|دفع بقوات|دفعت)(?=\s)"}),
    ("arrival", "sent", {"en": r"\b(?:arriv(?:ed|es|ing|al)|landed)\b", "ru": r"\b(?:прибыл\w*|прибыва\w+|прибыти\w+|высадил\w*)", "ar": r"(?:^|\s)[وفب]?(?:وصل|وصلت|وصول|تصل|يصل)(?=\s)"}),
    ("withdrawal", "sent", {
        "en": r"\b(?:withdr(?:aw|ew|awn|awal|awing)|pull(?:ed|s|ing)? out|left the country|quit)\b", "ru": r"\b(?:вывел\w*|выво[дз]\w*|покинул\w*|отвел\w* войск|выш(?:ел|ла|ли) из|выход\w* из)",
        "ar": r"(?:^|\s)[وفب]?(?:سحب|سحبت|انسحب|انسحبت|انسحاب|الانسحاب|غادر|غادرت)(?=\s)"}),
    ("attack", None, {
        "en": r"\b(?:attack(?:ed|s)?|invad(?:ed|es)|invasion|shell(?:ed|ing)|bomb(?:ed|ing)|struck|fired on|seized|occupied|annexed)\b", "ru": r"\b(?:напал\w*|нападени\w+|атаковал\w*|вторг\w+|вторжени\w+|обстрелял\w*|обстрел\w*|захватил\w*|оккупировал\w*|аннекси\w+)",
        "ar": r"(?:^|\s)[وفب]?(?:ال)?(?:هاجم|هاجمت|هجوم|غزو|غزا|غزت|قصف|قصفت|اجتياح|اجتاح|اجتاحت|احتل|احتلت|عدوان|ضم)(?=\s)"}),
    ("unrest", None, {"en": r"\b(?:protests?|unrest|riots?|uprising|demonstrations?|coup)\b", "ru": r"\b(?:протест\w*|беспорядк\w+|волнени\w+|демонстраци\w+|переворот\w*|мятеж\w*)", "ar": r"(?:احتجاجات|الاحتجاجات|اضطرابات|الاضطرابات|مظاهرات|المظاهرات|انقلاب|الانقلاب|تمرد)"}),
    ("legal_act", "decided", {
        "en": r"\b(?:sign(?:ed|s|ing)|ratif(?:ied|ies|ication)|acced(?:ed|es)|joined|suspend(?:ed|s)|froze|entered into force|terminat(?:ed|es)|denounc(?:ed|es) the)\b", "ru": r"\b(?:подписал\w*|подписани\w+|ратифиц\w+|присоединил\w*|вступил\w* в|приостановил\w*|заморозил\w*|денонсир\w+)",
        "ar": r"(?:^|\s)[وف]?(?:وقع|وقعت|وقعوا|توقيع|صدق|انضم|انضمت|انضمام|علق|علقت|تعليق|جمد|جمدت|تجميد|دخلت حيز|دخل حيز)(?=\s)"}),
]  # fmt: skip
PATTERNS = {lang: [(kind, modality, re.compile(words[lang], re.I)) for kind, modality, words in KINDS] for lang in ("en", "ar", "ru")}
PLANNED = {
    "en": re.compile(r"\b(?:will|would|plans? to|going to|could|may|might|should|is to|are to|ready to|prepared to|to)\s(?:\w+\s)?$", re.I),
    "ru": re.compile(r"\b(?:будет|будут|намерен\w*|планиру\w+|может|могут|готов\w*|должн\w+|чтобы)\s(?:\w+\s)?$", re.I),
    "ar": re.compile(r"(?:\s(?:سوف|قد|يعتزم|تعتزم|مستعد\w*|ان|ينوي|يمكن)|س)\s?$"),
}
NEGATED = {
    "en": re.compile(r"\b(?:not|never|no|n't|without|denied|denies|refused to|declined to|did not|has not|have not)\s(?:\w+\s)?$", re.I),
    "ru": re.compile(r"\b(?:не|нет|отказал\w* от|без|отриц\w+|опроверг\w*)\s(?:\w+\s)?$", re.I),
    "ar": re.compile(r"\s(?:لم|لن|لا|ما|نفي|نفت|ليس|ليست|عدم|دون|رفض)\s?$"),
}
TO = {"en": re.compile(r"\b(?:to|into|in|on|against|from|at)\s(?:the\s)?$"), "ru": re.compile(r"\b(?:в|во|на|к|из|против|с)\s$"), "ar": re.compile(r"(?:الي|في|علي|من|ضد)\s$")}
ANNOUNCED = {"en": re.compile(r"\bannounc\w+"), "ru": re.compile(r"\bобъяв\w+"), "ar": re.compile(r"اعلن\w*|يعلن|تعلن")}
HISTORY = 12 * 365


def events(piece: Piece, states: list[dict[str, Any]], pacts: list[dict[str, Any]], dates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events of a piece: type, actor, target, pact, date, modality, span, rule. Only clauses that name a state or a pact give one."""
    made: list[dict[str, Any]] = []
    to_norm = [(item["span"][0], item["date"]) for item in dates]
    seen: set[tuple[Any, ...]] = set()
    for start, end in piece.sentences:
        near_states = [item for item in states if start <= item["at"] < end]
        near_pacts = [item for item in pacts if start <= item["at"] < end]
        if not near_states and not near_pacts:
            continue
        sentence = piece.text[start:end]
        a, b = piece.span(start, end)
        said_on = next((written for place, written in to_norm if a <= place < b), None)
        announced = bool(ANNOUNCED[piece.lang].search(sentence))
        for kind, modality, pattern in PATTERNS[piece.lang]:
            found = pattern.search(sentence)
            if not found:
                continue
            place = start + found.start() + (1 if found[0][:1].isspace() else 0)
            actor, target = _parties(piece, near_states, place, start + found.end())
            pact = min(near_pacts, key=lambda item: abs(item["at"] - place))["pact"] if near_pacts else None
            if actor is None and pact is None and target is None:
                continue
            how = _modality(piece, modality, start, place, found[0], announced)
            mark = (kind, actor, target, pact, said_on, how)
            if mark in seen:
                continue
            seen.add(mark)
            made.append({"type": kind, "actor": actor, "target": target, "pact": pact, "date": said_on, "modality": how,
                         "span": piece.span(place, start + found.end()), "rule": f"words of {kind}"})  # fmt: skip
    made.sort(key=lambda item: (item["span"], item["type"]))
    return made


def _modality(piece: Piece, usual: str | None, start: int, place: int, word: str, announced: bool) -> str:
    before = piece.text[max(start, place - 26) : place]
    if NEGATED[piece.lang].search(before):
        return "denied"
    if PLANNED[piece.lang].search(before) or piece.lang == "ar" and re.match(r"\s?س(?:ي|ت|ن|ارسل)", word):
        return "announced" if announced else "planned"
    return usual or "reported"


def _parties(piece: Piece, states: list[dict[str, Any]], start: int, end: int) -> tuple[str | None, str | None]:
    """Who acts and on whom: in English and Russian the state before the verb and the one after it; in Arabic by the preposition."""
    before = [item for item in states if item["end"] <= start]
    after = [item for item in states if item["at"] >= end]
    if piece.lang == "ar":
        target = next((item["state"] for item in after if TO["ar"].search(piece.text[max(0, item["at"] - 6) : item["at"]])), None)
        actor = next((item["state"] for item in after if item["state"] != target), None) or (before[-1]["state"] if before else None)
        return actor if actor != target else None, target
    actor = before[-1]["state"] if before else None
    target = next((item["state"] for item in after if item["state"] != actor), None)
    return actor, target
