"""Pictures from a folder with one subfolder for each class.

Nothing is lost in silence: what cannot be read is an error that lists all such files, or, where
the caller says ``skip=True``, an entry in what is returned.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import numpy as np

from nnlib.data.images import MAX_PIXELS, Unreadable, check_options, read

# beside names that start with a dot; compared in small letters
LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini", "__macosx")
PROBLEMS_SHOWN = 20


@dataclass(frozen=True, eq=False)
class ImageFolder:
    """The pictures of a folder.

    Attributes
    ----------
    x : numpy.ndarray of float32, shape (N, height, width, channels)
        From 0 to 1, channels last.
    y : numpy.ndarray of int64, shape (N,)
        Places in ``classes``.
    classes : tuple of str
        Names of the classes, in the order of their labels.
    files : tuple of str
        The file of each row, relative to the folder, with forward slashes.
    skipped : dict of str to str
        File and reason, for all that was left out because of ``skip=True``.
    notes : dict of str to str
        What was done to a file beyond scaling: a turn, a white background, one frame of several,
        16 bits or printer's colours made 8 bits of ours, a crop that leaves less than half, an
        enlargement to more than twice its size; and which file is the same as another, by a link.
    ignored : tuple of str
        Hidden files and folders, and what operating systems leave behind.
    """

    x: np.ndarray
    y: np.ndarray
    classes: tuple[str, ...]
    files: tuple[str, ...]
    skipped: dict[str, str]
    notes: dict[str, str]
    ignored: tuple[str, ...]

    def __repr__(self) -> str:
        counts = np.bincount(self.y, minlength=len(self.classes))
        each = ", ".join(f"{name}: {n}" for name, n in zip(self.classes, counts, strict=True))
        return (
            f"ImageFolder(x={self.x.shape} {self.x.dtype}, {each}; skipped: {len(self.skipped)}, "
            f"ignored: {len(self.ignored)})"
        )


class FolderProblems(ValueError):
    """What keeps a folder from being read.

    Attributes
    ----------
    problems : dict of str to str
        File and reason, or class (with a slash behind it) and reason: every one, also those that
        the sentence only counts.
    """

    def __init__(self, sentence: str, problems: dict[str, str] | None = None):
        super().__init__(sentence)
        self.problems = problems or {}


def load_image_folder(
    folder,
    *,
    size: Sequence[int],
    colour: str = "RGB",
    fit: str = "crop",
    classes: Sequence[str] | None = None,
    skip: bool = False,
    max_pixels: int = MAX_PIXELS,
) -> ImageFolder:
    """Read all pictures of a folder that has one subfolder for each class.

    What a file holds is judged by its bytes, not by its suffix.

    Parameters
    ----------
    folder : str or path
    size, colour, fit, max_pixels
        As for `read_image`.
    classes : sequence of str, optional
        Names of the subfolders in the order of the labels. Without it they are sorted by name, so
        that every machine gives the same labels; give the order of a trained model here. However a
        disk writes an accent (as one sign or as two), it counts as the same name.
    skip : bool
        Leave out what is no readable picture, and say so in ``skipped``, instead of raising.

    Returns
    -------
    ImageFolder
        Rows sorted by class and file name.

    Raises
    ------
    FileNotFoundError, NotADirectoryError
        If there is no such folder.
    ValueError
        If the subfolders are not those of ``classes``; or, as `FolderProblems`, if a class has no
        readable picture or cannot be listed, or, without ``skip``, anything else than readable
        pictures lies in a class or beside the classes. The sentence names twenty with their reasons
        and counts the rest; all of them are in ``problems`` of the error.
    """
    owner = "load_image_folder"
    check_options(owner, size, colour, fit, max_pixels)
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"{owner} expected a folder, got {str(folder)!r}: not there")
    if not folder.is_dir():
        raise NotADirectoryError(f"{owner} expected a folder, got {str(folder)!r}: a file")
    beside, hidden = _listed(folder)
    places = _class_places(owner, folder, [path for path in beside if os.path.isdir(path)], classes)
    ignored = [path.name for path in hidden]
    unread = {path.name: "lies beside the class folders, so it has no class"
              for path in beside if not os.path.isdir(path)}
    empty, pictures, labels, files, notes, first = {}, [], [], [], {}, {}
    for label, place in enumerate(places.values()):
        try:
            inside, hidden = _listed(place)
        except OSError as error:
            empty[f"{place.name}/"] = f"a class that cannot be listed ({error.strerror})"
            continue
        ignored += [f"{place.name}/{path.name}" for path in hidden]
        before = len(files)
        for path in inside:
            file = f"{place.name}/{path.name}"
            try:
                picture, said = read(path, size, colour, fit, max_pixels)
            except Unreadable as problem:
                unread[file] = str(problem)
                continue
            same = first.setdefault(os.path.realpath(path), file)
            said = [said] * bool(said) + [f"the same file as {same}"] * (same != file)
            pictures.append(picture)
            labels.append(label)
            files.append(file)
            if said:
                notes[file] = ", ".join(said)
        if len(files) == before:
            empty[f"{place.name}/"] = "a class without a readable picture"
    if empty or (unread and not skip):
        raise _problems(owner, folder, empty, unread, skip)
    return ImageFolder(
        np.stack(pictures), np.array(labels, np.int64), tuple(places), tuple(files), unread, notes,
        tuple(ignored),
    )


def _listed(folder):
    """Return what lies in a folder, sorted by name: what counts, and what systems leave there."""
    seen = sorted(folder.iterdir(), key=lambda path: (_composed(path.name), path.name))
    left = [path for path in seen
            if path.name.startswith(".") or path.name.lower() in LEFT_BY_SYSTEMS]
    return [path for path in seen if path not in left], left


def _composed(name):
    """A name with each accent and its letter as one sign, as some disks keep them and some not."""
    return normalize("NFC", name)


def _class_places(owner, folder, found, classes):
    """Return {name: path} of the class folders, in the order of their labels."""
    if not found:
        raise ValueError(
            f"{owner} expected one subfolder for each class in {str(folder)!r}, got none"
        )
    places = {_composed(path.name): path for path in found}
    if len(places) < len(found):
        raise ValueError(f"{owner} expected class folders of different names, got "
                         + ", ".join(path.name for path in found))
    if classes is None:
        return places
    if isinstance(classes, str) or not isinstance(classes, Sequence) or not all(
            isinstance(name, str) for name in classes):
        raise TypeError(f"{owner} expected classes to be a sequence of names, got {classes!r}")
    names = [_composed(name) for name in classes]
    if sorted(names) != sorted(places):
        raise ValueError(
            f"{owner} expected the class folders {', '.join(names)}, got {', '.join(places)}"
        )
    return {name: places[name] for name in names}


def _problems(owner, folder, empty, unread, skip):
    """Return the error: empty classes first, so that no long list hides them."""
    if skip:                             # then only what lies in an empty class is to blame
        unread = {file: why for file, why in unread.items()
                  if f"{file.partition('/')[0]}/" in empty}
    problems = {**empty, **unread}
    lines = [f"{file}: {why}" for file, why in problems.items()]
    more = len(lines) - PROBLEMS_SHOWN
    lines = lines[:PROBLEMS_SHOWN]
    if more > 0:
        lines.append(f"and {more} more; all {len(problems)} are in the problems of this error")
    return FolderProblems(
        f"{owner} expected only readable pictures in {str(folder)!r}, got {len(problems)} "
        f"problem{'s'[:len(problems) > 1]}:\n  " + "\n  ".join(lines),
        problems,
    )
