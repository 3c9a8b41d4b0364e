"""Predict: what does the loader make of each file?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

READ, ERROR, IGNORED = "read", "error", "ignored"
FILES = {
    "birds/egg, a PNG whose name has no ending": READ,
    "birds/young/2.png, in a folder of its own": ERROR,
    "birds/dog.jpg, a good picture of a dog": READ,
    "birds/.7.png, a good picture, but hidden": IGNORED,
    "birds/page.pdf, a scanned page": ERROR,
    "birds/wide.png, 3,000 × 40 pixels": READ,
    "birds/empty.png, a file of 0 bytes": ERROR,
    "birds/copy.png, the same as birds/7.png": READ,
    ".old/, a hidden folder of pictures": IGNORED,
    "bats/, with nothing in it but .DS_Store": ERROR,
}
NAKED, NESTED, DOG, DOT, PDF, WIDE, EMPTY, COPY, HIDDEN, BARE = FILES


def instead(**words):
    """The right answer with some entries replaced."""
    keys = {"naked": NAKED, "nested": NESTED, "dog": DOG, "dot": DOT, "pdf": PDF, "wide": WIDE,
            "empty": EMPTY, "copy": COPY, "hidden": HIDDEN, "bare": BARE}
    return {**FILES, **{keys[short]: word for short, word in words.items()}}


LOST = {(PDF, IGNORED), (EMPTY, IGNORED), (NESTED, IGNORED)}

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
        "What lies there for all to see must come in, or be complained about. What is hidden is no "
        "reason to complain.",
        "A loader knows bytes, not names, and not what a picture shows.",
        "Could a class, a picture, or a whole row go missing without anybody noticing? Then it is "
        "an error.",
    ),
    passed="A loader complains of what it cannot read, and says what it passed over. Whether a "
           "picture is the right one, only somebody who looks can tell.",
    mistakes=(
        Mistake(
            "lets what is unreadable go missing",
            "Somebody put that there, perhaps as a picture. If it were only passed over, nobody "
            "would notice that a row is missing.",
            answers=(instead(pdf=IGNORED, empty=IGNORED), instead(pdf=IGNORED),
                     instead(empty=IGNORED), instead(nested=IGNORED),
                     instead(pdf=IGNORED, bare=IGNORED)),
            recognise=only_these_wrong(
                FILES, LOST | {(BARE, IGNORED), (NAKED, IGNORED), (DOT, ERROR), (HIDDEN, ERROR)},
                needs=LOST),
        ),
        Mistake(
            "goes by the name of a file",
            "An ending is a custom. What a file holds, its first bytes say.",
            answers=(instead(naked=ERROR), instead(naked=IGNORED)),
            recognise=only_these_wrong(FILES, {(NAKED, ERROR), (NAKED, IGNORED)}),
        ),
        Mistake(
            "knows what a picture shows",
            "Nothing in a loader looks at what a picture shows: the label is the name of the "
            "folder, whatever lies in it.",
            answers=(instead(dog=ERROR), instead(dog=IGNORED), instead(dog=ERROR, copy=ERROR)),
            recognise=only_these_wrong(
                FILES, {(DOG, ERROR), (DOG, IGNORED), (COPY, ERROR), (COPY, IGNORED)},
                needs={(DOG, ERROR), (DOG, IGNORED)}),
        ),
        Mistake(
            "notices copies",
            "Each file is read by itself and compared with no other. Copies are for you to find.",
            answers=(instead(copy=IGNORED), instead(copy=ERROR)),
            recognise=only_these_wrong(FILES, {(COPY, IGNORED), (COPY, ERROR)}),
        ),
        Mistake(
            "refuses another shape",
            "A picture of any shape can be scaled and cropped. Little of this one is left, and the "
            "notes say so.",
            answers=(instead(wide=ERROR), instead(wide=IGNORED)),
            recognise=only_these_wrong(FILES, {(WIDE, ERROR), (WIDE, IGNORED)}),
        ),
        Mistake(
            "overlooks a class",
            "The classes are the folders. With one of them empty the network would get an output "
            "that no picture ever asks for.",
            answers=(instead(bare=IGNORED), instead(bare=READ)),
            recognise=only_these_wrong(FILES, {(BARE, IGNORED), (BARE, READ)}),
        ),
        Mistake(
            "guesses a class",
            "Is \"young\" a class, or a part of \"birds\"? A loader that guesses is wrong one day, "
            "and nobody notices.",
            answers=(instead(nested=READ),),
            recognise=only_these_wrong(FILES, {(NESTED, READ)}),
        ),
        Mistake(
            "reads what holds no pixels",
            "An empty file has no pixels. A document is no picture either: its pages would have to "
            "be drawn first, at a size that somebody chooses.",
            answers=(instead(empty=READ), instead(pdf=READ), instead(empty=READ, pdf=READ)),
            recognise=only_these_wrong(FILES, {(EMPTY, READ), (PDF, READ)}),
        ),
        Mistake(
            "complains of what is hidden",
            "What is hidden may have come by itself, on any machine. It is listed, and nobody has "
            "to clean up first.",
            answers=(instead(dot=ERROR), instead(hidden=ERROR), instead(dot=ERROR, hidden=ERROR)),
            recognise=only_these_wrong(FILES, {(DOT, ERROR), (HIDDEN, ERROR)}),
        ),
        Mistake(
            "takes what is hidden",
            "A name that begins with a dot is hidden, from people who look at the folder as well. "
            "Nobody would know that the network learns from it.",
            answers=(instead(hidden=READ), instead(dot=READ), instead(hidden=READ, dot=READ)),
            recognise=only_these_wrong(FILES, {(HIDDEN, READ), (DOT, READ)}),
        ),
    ),
    also_right=({name: f" {word.upper()} " for name, word in FILES.items()},),
)
