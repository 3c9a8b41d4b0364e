"""Repair: labels that depend on the order in which files are found."""

import random

from nnlib.chapters.image_classifier.exercises._judging import judge_pair, two_lists
from nnlib.exercises.exercise import Case, Exercise, Mistake


def labels_of(files):
    """(classes, labels) of files such as "cats/1.png"."""
    classes = sorted({file.split("/")[0] for file in files})
    return classes, [classes.index(file.split("/")[0]) for file in files]


def broken(files):
    """(classes, labels) of files such as "cats/1.png"."""
    classes = []
    labels = []
    for file in files:
        name = file.split("/")[0]
        if name not in classes:
            classes.append(name)
        labels.append(classes.index(name))
    return classes, labels


# --- answers with one misconception each ---


def names_sorted_at_the_end(files):
    classes = list(dict.fromkeys(file.split("/")[0] for file in files))
    return sorted(classes), [classes.index(file.split("/")[0]) for file in files]


def sorted_on_the_way(files):
    classes = []
    labels = []
    for file in files:
        name = file.split("/")[0]
        if name not in classes:
            classes.append(name)
            classes.sort()
        labels.append(classes.index(name))
    return classes, labels


def files_sorted_too(files):
    classes = sorted({file.split("/")[0] for file in files})
    return classes, [classes.index(file.split("/")[0]) for file in sorted(files)]


def backwards(files):
    classes = sorted({file.split("/")[0] for file in files}, reverse=True)
    return classes, [classes.index(file.split("/")[0]) for file in files]


def from_one(files):
    classes = sorted({file.split("/")[0] for file in files})
    return classes, [classes.index(file.split("/")[0]) + 1 for file in files]


def names_for_labels(files):
    classes = sorted({file.split("/")[0] for file in files})
    return classes, [file.split("/")[0] for file in files]


def by_how_many(files):
    names = [file.split("/")[0] for file in files]
    classes = sorted(set(names), key=lambda name: (-names.count(name), name))
    return classes, [classes.index(name) for name in names]


def every_name(files):
    classes = sorted(file.split("/")[0] for file in files)
    return classes, [classes.index(file.split("/")[0]) for file in files]


def whole_paths(files):
    classes = sorted(set(files))
    return classes, [classes.index(file) for file in files]


def by_length(files):
    classes = sorted({file.split("/")[0] for file in files}, key=lambda name: (len(name), name))
    return classes, [classes.index(file.split("/")[0]) for file in files]


def by_the_first_letter(files):
    classes = sorted(dict.fromkeys(file.split("/")[0] for file in files), key=lambda name: name[0])
    return classes, [classes.index(file.split("/")[0]) for file in files]


def by_the_end(files):
    classes = sorted({file.split("/")[0] for file in files}, key=lambda name: name[::-1])
    return classes, [classes.index(file.split("/")[0]) for file in files]


# --- unusual and right ---


def with_a_dictionary(files):
    numbers = {}
    for file in sorted(files):
        numbers.setdefault(file.partition("/")[0], len(numbers))
    return tuple(numbers), tuple(numbers[file.partition("/")[0]] for file in files)


FOLDERS = (
    ["dogs/2.png", "cats/9.png", "dogs/1.png", "cats/1.png", "dogs/3.png"],
    ["rose/b.jpg", "iris/a.jpg", "tulip/c.jpg", "iris/z.jpg", "rose/a.jpg", "tulip/a.jpg",
     "tulip/b.jpg"],
    ["yes/1.png", "no/2.png", "perhaps/1.png"],
    ["cows/1.png", "crows/1.png", "bees/1.png", "bats/2.png", "cats/1.png", "crabs/1.png",
     "bats/1.png", "carps/1.png", "crows/3.png", "crows/2.png"],
)


def cases():
    found = []
    for number, folder in enumerate(FOLDERS):
        shuffled = random.Random(number).sample(folder, len(folder))
        for files in (folder, shuffled):
            found.append(Case((list(files),), oracle(files)))
    return found


def oracle(files):
    """Count, for each file, the names that come before its own."""
    names = [file[:file.index("/")] for file in files]
    labels = [len({other for other in names if other < name}) for name in names]
    classes = [None] * (max(labels) + 1)
    for name, label in zip(names, labels, strict=True):
        classes[label] = name
    return classes, labels


# --- labels that fit their names, in an order that nobody asked for ---

KEYS = {                                 # (name, names of all files) -> what it is sorted by
    "turns the names round": lambda name, names: -sorted(set(names)).index(name),
    "orders by frequency": lambda name, names: -names.count(name),
    "orders by length": lambda name, names: len(name),
    "goes by the first letter": lambda name, names: name[0],
}


def in_an_order(wanted):
    """Recognise an order by its key; what is known by no key is "leaves the order open"."""
    return lambda seen: _fits(seen) and _order(seen) == wanted


def _fits(seen):
    """Whether in every case the labels are places among the names, whatever their order."""
    for item in seen:
        pair = two_lists(item.result)
        if pair is None:
            return False
        names = [file.split("/")[0] for file in item.case.make_arguments()[0]]
        classes, labels = pair
        if len(classes) != len(set(names)) or set(classes) != set(names):
            return False
        if labels != [classes.index(name) for name in names]:
            return False
    return True


def _order(seen):
    results = [(item.result[0], item.case.make_arguments()[0]) for item in seen]
    if all(classes == sorted(classes) for classes, _ in results):
        return "by the alphabet"
    for order, key in KEYS.items():
        if all(_is_sorted(classes, files, key) for classes, files in results):
            return order
    return "leaves the order open"


def _is_sorted(classes, files, key):
    names = [file.split("/")[0] for file in files]
    keys = [key(name, names) for name in classes]
    return keys == sorted(keys)


EXERCISE = Exercise(
    identifier="image_classifier.labels_of",
    title="cats on one machine, dogs on the other",
    level="repair",
    prompt=(
        "A model of two classes is right on 98 % of the test files where it was trained, and on "
        "2 % of the same files on another machine. `labels_of(files)` gets the files in the order "
        "in which the system lists them, and returns the names of the classes and, in the order "
        "of the files, the labels: places among the names. Find the cause and mend it, so that a "
        "file gets the same label in whatever order the files come. Classes come in alphabetical "
        "order."
    ),
    solution=labels_of,
    broken=broken,
    cases=cases,
    judge=judge_pair,
    hints=(
        "Call it with two files, then with the same two exchanged. What changes?",
        "The first class that is met gets label 0. In which order are files met?",
        "Decide the order of all names first, from nothing but the names. Then look up labels.",
    ),
    passed="An order that nobody decided is decided by accident, and two labels exchanged turn "
           "98 % into 2 %. Decide it once, and ship it.",
    mistakes=(
        Mistake("sorts only what it returns", "The names are in order now, and the labels still "
                "count in the old one: they name the wrong classes.",
                answers=(names_sorted_at_the_end,)),
        Mistake("sorts on the way", "The names are right at the end. But a label is a place in a "
                "list that was still growing when it was looked up.",
                answers=(sorted_on_the_way,)),
        Mistake("sorts the labels along", "These labels belong to the sorted files. Asked are "
                "labels in the order in which the files were handed in.",
                answers=(files_sorted_too,)),
        Mistake("turns the names round", "Two machines would agree, but the last name of the "
                "alphabet comes first.", answers=(backwards,),
                recognise=in_an_order("turns the names round")),
        Mistake("counts from one", "Labels are places, and places count from 0.",
                answers=(from_one,)),
        Mistake("returns names", "The second part holds names. A loss needs their places.",
                answers=(names_for_labels,)),
        Mistake("orders by frequency", "The order follows from how many files a class has. One "
                "more picture, and labels change.", answers=(by_how_many,),
                recognise=in_an_order("orders by frequency")),
        Mistake("keeps every repetition", "The list holds a name once for each file. A class has "
                "one name, however many files it has.", answers=(every_name,)),
        Mistake("makes each file a class", "A class is the folder, the part before the slash.",
                answers=(whole_paths,)),
        Mistake("orders by length", "Short names come first here, not those of the first letters.",
                answers=(by_length,), recognise=in_an_order("orders by length")),
        Mistake("goes by the first letter", "Names of the same first letter stand in no order of "
                "their own here.", answers=(by_the_first_letter,),
                recognise=in_an_order("goes by the first letter")),
        Mistake("leaves the order open", "The labels fit your names, but the names are in no order "
                "that was asked for. Did you decide it? A set, for one, has none: its names may "
                "come differently in every run.", answers=(by_the_end,),
                recognise=in_an_order("leaves the order open")),
    ),
    also_right=(with_a_dictionary,),
)
