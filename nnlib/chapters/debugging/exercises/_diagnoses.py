"""The eleven diagnoses; numbers in the hints are of three seeds, as the views say them."""

from nnlib.chapters.debugging.exercises._diagnosis import diagnosis

CASE_A = diagnosis(
    "A", "the loss stops far above 0",
    causes={
        "the learning rate is too low":
            "The answers say otherwise: 88% to 97% of the validation rows are right. And on one "
            "batch, at the same rate, the healthy run comes close to 0.",
        "a fifth of the labels is wrong":
            "Even wrong labels can be learned by heart when there are only 32 of them: look at one "
            "batch. And the answers agree with the labels more often than that would allow.",
        "the softmax is taken twice": None,
        "too few hidden units":
            "The healthy run has as many, and its training loss is below 0.01.",
        "most hidden units are dead":
            "Look at the hidden units: at most one of 32 fires for no row, and at most two in the "
            "healthy run.",
    },
    proofs={
        "the accuracy on the training rows":
            "It is high here and in the healthy run: it takes some suspects off the list and "
            "accuses none.",
        "the sum over each row of what the loss is given": None,
        "the loss after 200 epochs":
            "That shows once more that there is a floor, and not who laid it.",
    },
    hints=(
        "The answers are good and the loss is not. So what lies between the two?",
        "Look at one batch. A loss that does not go to 0 where everything can be learned by heart "
        "has a floor built into it. Scores between 0 and 1 have one: 1.4612 for ten classes.",
    ),
    passed="Each row of scores sums to 1: the network ends in a softmax, and the loss takes its "
           "own. Ten scores between 0 and 1 cannot bring the loss below 1.4612.",
)

CASE_B = diagnosis(
    "B", "every patient gets nearly the same number",
    causes={
        "a shape broadcasts in the loss": None,
        "the learning rate is too low":
            "The healthy run has the same one. And on one batch the loss is not slow here: it has "
            "stopped.",
        "the labels do not belong to the rows":
            "Targets of other rows can still be learned by heart, when there are only 32. Look at "
            "one batch.",
        "the inputs are not scaled":
            "Look at the inputs: mean 0 and standard deviation 1, as in the healthy run.",
        "most hidden units are dead":
            "All 16 hidden units fire for some of the rows.",
    },
    proofs={
        "the variance of the targets":
            "It is the loss of somebody who always says the mean. That is what the network does; "
            "it does not say why it learns no better.",
        "the loss at ten times the rate":
            "It stops at the same place or fails in another way: what does not depend on the rate "
            "is not found by turning it.",
        "the shape of prediction minus target": None,
    },
    hints=(
        "The answers hardly vary, whatever the patient. For which loss would the mean be the best "
        "answer for everybody?",
        "Not even 32 rows can be learned by heart, so ask how their loss is computed: each "
        "prediction should meet one target. How many does it meet?",
    ),
    passed="Predictions (32, 1) minus targets (32,) are (32, 32): each prediction is compared "
           "with every target, and the best answer to all of them is their mean.",
)

CASE_C = diagnosis(
    "C", "better than the labels allow",
    causes={
        "it learns by heart, nothing else":
            "That is half of it. What is only learned by heart fails on validation rows, as in the "
            "healthy run: there the losses part. Here both fall.",
        "eval() is missing before the validation":
            "This network has neither dropout nor batch normalisation: both modes compute "
            "the same.",
        "the labels do not belong to the rows":
            "Then new rows could only be guessed, one in ten. Here 98% to 100% of the validation "
            "rows are answered as their labels say.",
        "rows of training stand in validation too": None,
        "the classes are read in another order":
            "Then the map of the answers would have its full cells off the diagonal.",
    },
    proofs={
        "the distance from validation rows to the nearest training row": None,
        "the accuracy on the training rows":
            "It is 100% in both runs, and tells nothing of the validation.",
        "the validation loss after more epochs":
            "It stays low as long as the validation is what it is. Look at its rows.",
    },
    hints=(
        "A fifth of the labels is wrong, at random. What is the best that an honest score can be, "
        "however good the network?",
        "To give the wrong label that somebody wrote by chance, one has to have seen it. Where can "
        "a validation row have been seen?",
    ),
    passed="A label that is wrong by chance cannot be predicted, only remembered: nearly every "
           "validation row has a copy among the training rows.",
)

CASE_D = diagnosis(
    "D", "flat from the first epoch",
    causes={
        "the inputs are not scaled":
            "Look at the inputs and at the first loss: pixels from 0 to 1, and a loss that starts "
            "where the healthy run's does.",
        "the labels do not belong to the rows": None,
        "the learning rate is too low":
            "It is the healthy run's. And with it, one batch is learned: look how far its loss "
            "falls.",
        "most hidden units are dead":
            "At most 2 of 32 units fire for no row, as in the healthy run.",
        "the softmax is taken twice":
            "Then one batch would stop above 1.46. Here it comes down to 0.14 to 0.23.",
    },
    proofs={
        "the loss against that of guessing, ln 10":
            "It is the loss of guessing. Case E stands there as well, for another reason: the "
            "number says that nothing was learned, not why.",
        "the norm of the gradients":
            "It is about that of the healthy run: each batch pulls. Whether the batches pull "
            "towards the same thing, a norm does not say.",
        "ten rows looked at beside their labels": None,
    },
    hints=(
        "Compare one batch with all batches: what can be learned by heart, and what cannot be "
        "learned?",
        "The machinery works: inputs, units and gradients are as in the healthy run, and one batch "
        "is learned. What is left is what it is told.",
    ),
    passed="One batch can be learned by heart, and nothing that holds for the next one: pictures "
           "and labels were shuffled each by itself.",
)

CASE_E = diagnosis(
    "E", "as flat, and not the same",
    causes={
        "the labels do not belong to the rows":
            "Then one batch could be learned by heart, as in case D. Here it cannot, and the very "
            "first loss, before anything was learned, is 267 to 313.",
        "the softmax is taken twice":
            "Two of them hold any loss of ten classes between 1.46 and 2.46. Look at the first "
            "loss.",
        "the learning rate is too low":
            "A step that is too small moves nothing. Look at the first updates: one update throws "
            "the loss from hundreds to tens of thousands.",
        "too few hidden units":
            "The healthy run has as many.",
        "the inputs are not scaled": None,
    },
    proofs={
        "the share of units that fire for no row":
            "All of them, true, and that is why the weights get no gradient now. Something killed "
            "them within a few updates: measure what came in.",
        "the smallest and the largest input": None,
        "the accuracy on the validation rows":
            "One in ten, as in case D. It does not tell the two apart.",
    },
    hints=(
        "The curves are those of case D. Which other view is not?",
        "A new network whose outputs are of the size of 1 starts near ln 10 = 2.30. This one "
        "starts a hundred times higher. What makes outputs large before any step?",
    ),
    passed="Pixels from 0 to 255: the first outputs are in the hundreds, so are the gradients, and "
           "the first steps throw every unit out of reach. Flat, as in case D, for another reason.",
)

CASE_F = diagnosis(
    "F", "it learns, and then gets worse",
    causes={
        "the learning rate is too high":
            "It is the healthy run's. And 32 new rows should pull anew: here each gradient points "
            "where the last one did, cosine 1.0.",
        "the inputs are not scaled":
            "Look at the inputs and the first loss: both are those of the healthy run.",
        "the gradients are never cleared": None,
        "it learns by heart, nothing else":
            "Then the training loss would go on falling. It rises here as well.",
        "eval() is missing before the validation":
            "This network has neither dropout nor batch normalisation, and the training loss gets "
            "worse too.",
    },
    proofs={
        "one batch twice without a step: the norm of its gradient": None,
        "the same run at a tenth of the rate":
            "It trains well, and the gradients still pile up. A smaller rate calms most things, "
            "whatever their cause: it proves none.",
        "the share of units that fire for no row":
            "More than half have died, after the weights were thrown about: a consequence.",
    },
    hints=(
        "Look at the norms of the gradients over the epochs, and at how each compares with the one "
        "before it.",
        "A gradient of 32 new rows should be news. These hardly differ from one update to the "
        "next, and they grow. What could they contain besides the news?",
    ),
    passed="Twice the same batch gives twice the gradient: each step repeats all gradients since "
           "the beginning.",
)

CASE_G = diagnosis(
    "G", "excellent in training, poor in validation",
    causes={
        "it learns by heart, nothing else":
            "What is learned by heart shows late, when the losses part. Here the validation is "
            "poor from the first epoch. And the healthy run has the same training losses.",
        "eval() is missing before the validation": None,
        "the classes are read in another order":
            "Then each row of the map would have one full cell, off the diagonal. Here the fullest "
            "cells hold only 45% to 48%.",
        "rows of training stand in validation too":
            "That flatters a score. This one is too low.",
        "train() is missing after the validation":
            "Then training would change after the first epoch. Its losses are those of the healthy "
            "run, to the last digit.",
    },
    proofs={
        "the loss on the training rows":
            "It is excellent, as in the healthy run: so the fault is not in training. Which fault, "
            "it does not say.",
        "a validation set of twice the size":
            "More rows, scored in the same way, score no better, and do not say what is wrong with "
            "the scoring.",
        "the same rows in another order: the accuracy": None,
    },
    hints=(
        "Training goes as in the healthy run, to the last digit. So weights and data are the same, "
        "and what differs is how they are scored.",
        "The validation rows come sorted by digit, 32 at a time. For which layer, and in which "
        "mode, does it matter who else is in the batch?",
    ),
    passed="No answer may depend on its neighbours: in training mode batch normalisation scales "
           "each batch by itself, and a batch of one digit loses what makes it that digit.",
)

CASE_H = diagnosis(
    "H", "it crawls towards its goal",
    causes={
        "the learning rate is too low":
            "Then each gradient would point where the last one did, cosine 1.0, as in the healthy "
            "run. Look at the cosine here.",
        "the inputs are not scaled":
            "Look at the inputs: mean 0 and standard deviation 1, as in the healthy run.",
        "a linear model is too small":
            "The healthy run trains the same model to a lower loss.",
        "the learning rate is just below the edge": None,
        "a shape broadcasts in the loss":
            "Then all answers would be nearly alike. Here their standard deviation is 0.58 to "
            "0.84.",
    },
    proofs={
        "the loss after twice as many epochs":
            "It is lower. So it would be with a rate that is too low: that does not tell the two "
            "apart.",
        "the cosine of each gradient with the one before": None,
        "the norm of the gradients":
            "It shrinks slowly. So it would with a rate that is too low: that does not tell the "
            "two apart.",
    },
    hints=(
        "Slow, but which way? A walker who goes to and fro across a valley also moves slowly along "
        "it.",
        "Look at the gradients: how does each one lie to the one before? And at one batch, whose "
        "loss is a little more curved than that of all rows.",
    ),
    passed="Each step overshoots and comes nearly as high on the other side: cosine −1. Whoever "
           "takes the curve for a rate too low, and raises it, goes over the edge.",
)

CASE_I = diagnosis(
    "I", "a small loss, and almost every answer wrong",
    causes={
        "the classes are read in another order": None,
        "the labels do not belong to the rows":
            "Then the loss on validation rows could not be small. It is 0.11 to 0.13.",
        "it learns by heart, nothing else":
            "Then the validation loss would be high. It is as low as in training.",
        "the softmax is taken twice":
            "Then no loss of ten classes would be below 1.46.",
        "eval() is missing before the validation":
            "This network has neither dropout nor batch normalisation: both modes compute "
            "the same.",
    },
    proofs={
        "the accuracy on the training rows":
            "It is as low, which clears one suspect: learning by heart. It accuses none.",
        "the norm of the gradients":
            "They are those of the healthy run: training is well. The fault comes after it.",
        "answers against truth, class by class": None,
    },
    hints=(
        "The loss looks at the outputs, the answer is what a user is told. Where do the two part?",
        "Look at the answers: each digit gets one answer, nearly always the same, and a wrong one. "
        "Nothing is lost, so what happened to it?",
    ),
    passed="One full cell in each row, off the diagonal: the network knows the digits, and their "
           "names are read from another list than they were trained with.",
)

CASE_J = diagnosis(
    "J", "learned by heart in spite of dropout",
    causes={
        "eval() is missing before the validation":
            "Then the validation would be noisy, and training as in the healthy run. Here the "
            "training loss differs: 0.046 to 0.098 in place of 0.65 to 0.88.",
        "a fifth of the labels is wrong":
            "It is, in the healthy run too. There dropout keeps the network from learning them all "
            "by heart.",
        "rows of training stand in validation too":
            "Then the validation loss would be low.",
        "the gradients are never cleared":
            "Then each gradient would point where the last one did. The cosine here is 0.2.",
        "train() is missing after the validation": None,
    },
    proofs={
        "two forward passes of a training batch in the third epoch": None,
        "the share of units that fire for no row":
            "Fewer than in the healthy run: a consequence of how it trained.",
        "the validation loss after more epochs":
            "It goes on rising, as whenever a network learns by heart.",
    },
    hints=(
        "Compare the training losses of the two runs, epoch by epoch. Where do they part?",
        "In the first epoch both train alike. What has happened by the second that had not "
        "happened before?",
    ),
    passed="The first validation switched dropout off, and nobody switched it on again: two passes "
           "in the third epoch give the same numbers to the last digit.",
)

CASE_K = diagnosis(
    "K", "it bends less than it should",
    causes={
        "too few hidden units":
            "There are 16, as in the healthy run. How many of them have something to say?",
        "the learning rate is too low":
            "It is the healthy run's. And a rate too low makes a curve come late, on one batch "
            "too; here the loss of one batch goes level, or nearly.",
        "most hidden units are dead": None,
        "the softmax is taken twice":
            "For two classes that would keep every loss above 0.31. Here the training loss ends at "
            "0.055 to 0.24.",
        "the inputs are not scaled":
            "Look at the inputs: mean 0 and standard deviation 1.",
    },
    proofs={
        "the accuracy on the validation rows":
            "It is 2.5 to 11.5 points lower than in the healthy run. Why, it does not say.",
        "for how many rows each hidden unit fires": None,
        "the same run with 64 hidden units":
            "It may do better: of more units, a few more fire. That would look like too few units, "
            "and is not.",
    },
    hints=(
        "Each hidden unit that fires for some rows and not for others can bend the line once. How "
        "often is it bent?",
        "How many bars has the view of the hidden units?",
    ),
    passed="Only 1 to 4 of 16 units fire for any row at all: the biases start so low that "
           "most units never fire, and a unit that fires for no row gets no gradient.",
)

DIAGNOSES = [CASE_A, CASE_B, CASE_C, CASE_D, CASE_E, CASE_F, CASE_G, CASE_H, CASE_I, CASE_J, CASE_K]
