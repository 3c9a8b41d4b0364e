"""Build: when early stopping stops, and which epoch it keeps."""

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def early_stop(losses, patience):
    """Epochs that are run, and the epoch that is kept, both counted from 1."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, best + 1
    return len(losses), best + 1


# --- answers with one misconception each ---


def one_more_epoch(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best > patience:
            return epoch + 1, best + 1
    return len(losses), best + 1


def one_epoch_less(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch > 0 and epoch - best >= patience - 1:
            return epoch + 1, best + 1
    return len(losses), best + 1


def compares_with_the_last_epoch(losses, patience):
    waited, best = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch and loss >= losses[epoch - 1]:
            waited += 1
            if waited == patience:
                return epoch + 1, best + 1
        else:
            waited = 0
    return len(losses), best + 1


def never_starts_counting_again(losses, patience):
    best, waited = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best] or epoch == 0:
            best = epoch
        else:
            waited += 1
            if waited == patience:
                return epoch + 1, best + 1
    return len(losses), best + 1


def keeps_the_last(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, epoch + 1
    return len(losses), len(losses)


def counts_from_zero(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


def keeps_from_zero(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, best
    return len(losses), best


def never_stops(losses, patience):
    return len(losses), 1 + list(losses).index(min(losses))


def looks_at_the_whole_curve(losses, patience):
    best = list(losses).index(min(losses))
    return min(best + patience + 1, len(losses)), best + 1


def equal_is_better(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss <= losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, best + 1
    return len(losses), best + 1


def the_highest(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss > losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, best + 1
    return len(losses), best + 1


def the_other_way_round(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best + 1, epoch + 1
    return best + 1, len(losses)


def keeps_what_was_patience_ago(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return epoch + 1, max(epoch + 1 - patience, 1)


def gives_the_loss(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, losses[best]
    return len(losses), losses[best]


def compares_with_the_first(losses, patience):
    kept = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[0]:
            kept = epoch
        elif epoch - kept >= patience:
            return epoch + 1, kept + 1
    return len(losses), kept + 1


def what_is_saved(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return len(losses) - epoch - 1, best + 1
    return 0, best + 1


# --- unusual and right ---


def by_slices(losses, patience):
    losses = list(losses)
    for run in range(1, len(losses) + 1):
        best = losses.index(min(losses[:run]))
        if run - 1 - best >= patience:
            break
    return run, best + 1


def with_the_library(losses, patience):
    from types import SimpleNamespace

    from nnlib.callbacks import EarlyStopping
    from nnlib.history import History

    stopping, history = EarlyStopping(patience, restore_best=False), History()
    model = SimpleNamespace()
    for loss in losses:
        history.train_loss.append(loss)
        history.validation_loss.append(loss)
        if stopping.on_epoch_end(len(history) - 1, model, None, history):
            break
    return len(history), stopping.best_epoch + 1


def cases():
    return [
        Case(([0.9, 0.7, 0.8, 0.6, 0.65, 0.62, 0.64], 3), (7, 4)),
        Case(([0.9, 0.7, 0.8, 0.6, 0.65, 0.62, 0.64, 0.5], 2), (6, 4)),
        Case(([1.0, 0.8, 0.6, 0.5], 2), (4, 4)),
        Case(([0.5, 0.6, 0.4, 0.45, 0.3, 0.35, 0.36, 0.2], 1), (2, 1)),
        Case(([0.5, 0.6, 0.4, 0.45, 0.3, 0.35, 0.36, 0.37], 3), (8, 5)),
        Case(([0.8, 0.5, 0.5, 0.5, 0.4, 0.6], 2), (4, 2)),
        Case(([0.7, 0.6, 0.8, 0.9, 0.5, 0.55], 4), (6, 5)),
        Case(([0.5, 0.4, 0.45, 0.46, 0.47, 0.48], 2), (4, 2)),
        Case(([0.5, 0.5, 0.6], 1), (2, 1)),
    ]


def keeps_below_the_first(seen):
    """Recognise the comparison with the first loss, whether or not that counts as waited for."""
    for item in seen:
        run, kept = compares_with_the_first(*item.case.make_arguments())
        if list(item.result) not in ([run, kept], [run - 1, kept]):
            return False
    return True


EXERCISE = Exercise(
    identifier="generalisation.early_stop",
    title="when it stops, what it keeps",
    level="build",
    prompt=(
        "Write `early_stop(losses, patience)`: given a list, the validation loss after every epoch "
        "that the training would have, return a pair of whole numbers, how many epochs are run and "
        "which one is kept, both counted from 1. The training ends as soon as `patience` epochs in "
        "a row have brought no loss lower than the lowest so far (an equal one is no improvement), "
        "or with the last epoch. Example: with the losses 0.6, 0.7, 0.5, 0.55, 0.5, 0.6, 0.4 and "
        "patience 3, six epochs are run and the third is kept."
    ),
    stub='''\
def early_stop(losses, patience):
    """Epochs that are run, and the epoch that is kept, both counted from 1."""
    return ...
''',
    solution=early_stop,
    cases=cases,
    hints=(
        "Walk through the losses as the training would: at each epoch you know only those so far.",
        "Remember where the lowest loss so far was. How many epochs ago is that now?",
        "Stop when that distance has reached patience. What is kept is the lowest, not the last.",
    ),
    passed="Patience counts from the best epoch so far, and each new best starts the count again.",
    mistakes=(
        Mistake(
            "waits one epoch too long",
            "It stops one epoch late: when patience epochs without improvement are over, the next "
            "one is not run.",
            answers=(one_more_epoch,),
        ),
        Mistake(
            "stops one epoch early",
            "It stops one epoch early. The epoch that brought the lowest loss is not one of those "
            "that are waited for.",
            answers=(one_epoch_less,),
        ),
        Mistake(
            "compares with the last epoch",
            "A loss below that of the epoch before is no improvement if there was a lower one "
            "earlier.",
            answers=(compares_with_the_last_epoch,),
        ),
        Mistake(
            "never starts counting again",
            "A new lowest loss has to set the count back to nothing: patience is in a row.",
            answers=(never_starts_counting_again,),
        ),
        Mistake(
            "keeps the last epoch",
            "What is kept is the model of the lowest loss, not the one at which the training "
            "happens to end.",
            answers=(keeps_the_last,),
        ),
        Mistake(
            "counts from zero",
            "Both numbers are one too small: the first epoch is number 1.",
            answers=(counts_from_zero,),
        ),
        Mistake(
            "counts the kept epoch from zero",
            "The number of epochs is right. The kept one is one too small: the first epoch is "
            "number 1.",
            answers=(keeps_from_zero,),
        ),
        Mistake(
            "never stops",
            "It always runs to the end, which patience should prevent.",
            answers=(never_stops,),
        ),
        Mistake(
            "knows the future",
            "It looks for the lowest loss of the whole list. When the training stops earlier, "
            "nobody has seen the later ones.",
            answers=(looks_at_the_whole_curve,),
        ),
        Mistake(
            "takes an equal loss for an improvement",
            "An equal loss is no improvement and does not set the count back.",
            answers=(equal_is_better,),
        ),
        Mistake(
            "looks for the highest",
            "This keeps the highest value. Of losses the lowest is best.",
            answers=(the_highest,),
        ),
        Mistake(
            "gives the two the other way round",
            "First how many epochs are run, then which one is kept.",
            answers=(the_other_way_round,),
        ),
        Mistake(
            "keeps what was patience ago",
            "Where the losses end before patience is used up, the best epoch is not patience "
            "epochs back.",
            answers=(keeps_what_was_patience_ago,),
        ),
        Mistake(
            "gives the loss",
            "The second number is the lowest loss. Asked for is its epoch.",
            answers=(gives_the_loss,),
        ),
        Mistake(
            "compares with the first",
            "Each loss is compared with the first one. The lowest so far moves on with each "
            "improvement.",
            answers=(compares_with_the_first,),
            recognise=keeps_below_the_first,
        ),
        Mistake(
            "what is saved",
            "The first number is how many epochs are left out. Asked for is how many are run.",
            answers=(what_is_saved,),
        ),
    ),
    also_right=(by_slices, with_the_library),
    by_hand=(
        Asked("Losses 0.9, 0.7, 0.8, 0.6, 0.65, 0.62, 0.64, 0.5 and patience 2",
              ([0.9, 0.7, 0.8, 0.6, 0.65, 0.62, 0.64, 0.5], 2), ("epochs run", "epoch kept")),
        Asked("Losses 0.5, 0.6, 0.4, 0.45, 0.3, 0.35, 0.36, 0.37 and patience 3",
              ([0.5, 0.6, 0.4, 0.45, 0.3, 0.35, 0.36, 0.37], 3), ("epochs run", "epoch kept")),
        Asked("Losses 0.8, 0.5, 0.5, 0.5, 0.4, 0.6 and patience 2",
              ([0.8, 0.5, 0.5, 0.5, 0.4, 0.6], 2), ("epochs run", "epoch kept")),
    ),
)
