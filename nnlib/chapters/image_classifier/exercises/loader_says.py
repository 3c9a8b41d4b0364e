"""Predict: what does the loader make of each file?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

READ, ERROR, IGNORED = "read", "error", "ignored"
FILES = {
    "birds/PORTRAIT.JPEG, taken with the phone upright": READ,
    "birds/list.csv, a table": ERROR,
    "birds/scan.png, in grey, beside pictures in colour": READ,
    "birds/.DS_Store, left there by the system": IGNORED,
    "birds/half.jpg, whose download broke off": ERROR,
    "birds/print.jpg, in the four colours of a printer": READ,
    "birds/photo.txt, a JPEG that somebody renamed": READ,
    "bird.png, beside the folder birds and not in it": ERROR,
    "birds/map.png, 20,000 × 20,000 pixels": ERROR,
    "bats/, a folder with nothing in it": ERROR,
}
PHONE, TABLE, GREY, HIDDEN, CUT, PRINT, NAMED, BESIDE, HUGE, EMPTY = FILES


def instead(**words):
    """The right answer with some entries replaced."""
    keys = {"phone": PHONE, "table": TABLE, "grey": GREY, "hidden": HIDDEN, "cut": CUT,
            "print": PRINT, "named": NAMED, "beside": BESIDE, "huge": HUGE, "empty": EMPTY}
    return {**FILES, **{keys[short]: word for short, word in words.items()}}


EXERCISE = Exercise(
    identifier="image_classifier.loader_says",
    title="what does the loader say?",
    level="predict",
    prompt=(
        "A folder holds the class `birds`, full of good pictures, and what is listed here. "
        "`load_image_folder(folder, size=(32, 32))` meets each of these: is it `\"read\"` as a "
        "picture of its class, named in an `\"error\"`, or `\"ignored\"` (and listed as such)? "
        "Replace each `...`."
    ),
    stub="loader_says = {\n" + "".join(f'    "{name}": ...,\n' for name in FILES) + "}\n",
    solution=FILES,
    cases=lambda: [Case((), FILES)],
    judge=judge_words(READ, ERROR, IGNORED),
    hints=(
        "What somebody meant as a picture must come in as one, or be complained about. What no "
        "person put there is no reason to complain.",
        "The bytes decide, not the name. Grey, printer's colours and a turned camera can be "
        "converted without a guess.",
        "Could a class, a picture, or a whole row go missing without anybody noticing? Then it is "
        "an error.",
    ),
    passed="Convert what can be converted without a guess, complain of all else, and say what was "
           "passed over.",
    mistakes=(
        Mistake(
            "lets what is unreadable go missing",
            "Somebody put that file there, perhaps as a picture. If it were only passed over, "
            "nobody would notice that a row is missing.",
            answers=(instead(table=IGNORED, cut=IGNORED), instead(table=IGNORED),
                     instead(cut=IGNORED), instead(huge=IGNORED), instead(beside=IGNORED)),
            recognise=only_these_wrong(FILES, {
                (TABLE, IGNORED), (CUT, IGNORED), (HUGE, IGNORED), (BESIDE, IGNORED)}),
        ),
        Mistake(
            "goes by the name of a file",
            "A suffix is a custom, in any case of letters. What a file holds, its first bytes say.",
            answers=(instead(named=ERROR), instead(named=IGNORED), instead(phone=ERROR),
                     instead(named=ERROR, phone=ERROR)),
            recognise=only_these_wrong(FILES, {
                (NAMED, ERROR), (NAMED, IGNORED), (PHONE, ERROR), (PHONE, IGNORED)}),
        ),
        Mistake(
            "refuses other kinds of colour",
            "Grey and the printer's colours can be turned into red, green and blue without "
            "guessing anything.",
            answers=(instead(grey=ERROR, print=ERROR), instead(grey=ERROR), instead(print=ERROR)),
            recognise=only_these_wrong(FILES, {(GREY, ERROR), (PRINT, ERROR)}),
        ),
        Mistake(
            "overlooks a class",
            "The classes are the folders. With one of them empty the network would get an output "
            "that no picture ever asks for.",
            answers=(instead(empty=IGNORED), instead(empty=READ)),
            recognise=only_these_wrong(FILES, {(EMPTY, IGNORED), (EMPTY, READ)}),
        ),
        Mistake(
            "gives a class to what has none",
            "The class of a picture is the folder that it lies in. This one lies in none.",
            answers=(instead(beside=READ),),
            recognise=only_these_wrong(FILES, {(BESIDE, READ)}),
        ),
        Mistake(
            "decodes whatever comes",
            "In memory that picture takes more than a gigabyte, from a file of perhaps a few "
            "kilobytes. A loader looks at the size first.",
            answers=(instead(huge=READ),),
            recognise=only_these_wrong(FILES, {(HUGE, READ)}),
        ),
        Mistake(
            "reads half a picture",
            "Half of its rows would be grey, and the network would learn that.",
            answers=(instead(cut=READ),),
            recognise=only_these_wrong(FILES, {(CUT, READ)}),
        ),
        Mistake(
            "complains of what systems leave",
            "Such files appear by themselves, on somebody else's machine too. They are listed, "
            "and nobody has to clean up first.",
            answers=(instead(hidden=ERROR),),
            recognise=only_these_wrong(FILES, {(HIDDEN, ERROR)}),
        ),
    ),
    also_right=({name: f" {word.upper()} " for name, word in FILES.items()},),
)
