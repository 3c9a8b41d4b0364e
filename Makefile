# `make` lists what there is to do. All of it is done by tools/course.py, which can be called without
# make as well; here are only the short names, and how their options are passed on.

ifeq ($(OS),Windows_NT)
PYTHON ?= py
else
PYTHON ?= python3
endif

COURSE := @$(PYTHON) tools/course.py
# $(call given,PORT,port) is `--port …` where PORT= was given, and nothing otherwise.
given = $(if $($(1)),--$(2) $($(1)))

.DEFAULT_GOAL := help
.NOTPARALLEL:     # two commands at a time would make the same environment twice

PLAIN := help book test check lint unit outputs notebooks browser bench test-colab clean distclean

.PHONY: $(PLAIN) serve lab mutants solution-mutants normalise bench-pages repository

$(PLAIN):
	$(COURSE) $@

serve:
	$(COURSE) $@ $(call given,PORT,port)

lab:
	$(COURSE) $@ $(call given,PORT,port) $(call given,IP,ip)

mutants:
	$(COURSE) $@ $(call given,ONLY,only) $(call given,SEED,seed) $(call given,COUNT,count)

solution-mutants:
	$(COURSE) $@ $(call given,ONLY,only)

normalise:
	$(COURSE) $@ $(call given,NOTEBOOK,notebook)

bench-pages:
	$(COURSE) $@ $(call given,PAGE,page)

repository:
	$(COURSE) $@ --url "$(URL)"
