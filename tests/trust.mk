# What makes the program one that strangers may be let near. Included by the Makefile, whose
# variables it uses.
#
#   make lint                    clang-tidy and cppcheck over src/
#   make sanitize                all of make check under ASan, UBSan and LSan
#   make valgrind                all cases under memcheck; CASES="edition" for some
#   make coverage                how much of src/ the tests reach, line by line in build/coverage
#   make fuzz TIME=60            each fuzzer for so many seconds; FUZZERS="csv yaml" for some
#   build/fuzz/NAME FILE         one input again
#   make fault                   every allocation, every call, and a signal before each, fail in turn
#
# lint, valgrind and fault take long: what has passed is kept below build/ until something changes
# that it hangs on, so that a run that was broken off goes on where it was.

# --- fuzzers: libFuzzer, with the sanitizers of clang --------------------------------
FUZZERS = $(patsubst tests/fuzz/%.c,%,$(filter-out %/replay.c,$(sort $(wildcard tests/fuzz/*.c))))
FUZZ_CC = clang
FUZZ_FLAGS = $(filter-out -Werror% -O2,$(ALL_CFLAGS)) $(DEFINES) -D_GNU_SOURCE -O1 -g -Wno-unknown-warning-option \
  -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZ_OBJECTS = $(patsubst src/%.c,build/fuzz/object/%.o,$(filter-out %/cli/main.c,$(SOURCES)))
TIME = 60

.PHONY: fuzz fuzz-programs fuzz-run
fuzz:
	@$(MAKE) --no-print-directory packages PACKAGES="$(CHECK_PACKAGES) $(TRUST_PACKAGES)"
	@$(MAKE) --no-print-directory -s -j$(JOBS) fuzz-programs
	@tests/fuzz/run $(TIME) $(FUZZERS)
fuzz-programs: $(FUZZERS:%=build/fuzz/%)
build/fuzz/%: tests/fuzz/%.c build/fuzz/handout.a
	@echo "  $@"
	@$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer -MMD -MP -o $@ $< build/fuzz/handout.a $(LIBRARIES) -lqpdf
build/fuzz/handout.a: $(FUZZ_OBJECTS)
	@rm -f $@
	@ar rcs $@ $^
build/fuzz/object/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  $<"
	@$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<

# The seeds and old findings once each, in `make check`.
REPLAYS = $(FUZZERS:%=build/check/fuzz/%)
build-units: $(REPLAYS)
build/check/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c build/check/handout.a
	@mkdir -p $(@D)
	@echo "  $<"
	@$(CC) $(filter-out -O2,$(ALL_CFLAGS)) -D_GNU_SOURCE $(SANITIZE) -MMD -MP -o $@ \
	  $< tests/fuzz/replay.c build/check/handout.a $(LIBRARIES) -lqpdf

# --- faults: what is preloaded to make a call fail; a part of it in `make check` -------
build-units: build/check/faults.so
build/check/faults.so: tests/fault/faults.c
	@mkdir -p $(@D)
	@echo "  $<"
	@$(CC) -O1 -g -Wall -Wextra -Werror -shared -fPIC -o $@ $<
.PHONY: fault
fault: program check-program build/check/faults.so
	@tests/fault/check build/handout build/check/handout build/check/faults.so --long

-include $(FUZZ_OBJECTS:.o=.d) $(FUZZERS:%=build/fuzz/%.d) $(REPLAYS:%=%.d)

# --- tools that read, and tools that watch ---------------------------------------------
.PHONY: lint sanitize valgrind coverage
TRUST = $(MAKE) --no-print-directory packages PACKAGES="$(CHECK_PACKAGES) $(TRUST_PACKAGES)"
TIDY_FLAGS = $(filter-out -W% -fno-semantic-interposition,$(ALL_CFLAGS))

lint:
	@$(TRUST)
	@$(MAKE) --no-print-directory -s lint-run
.PHONY: lint-run
lint-run:
	@tests/lint $(JOBS) $(TIDY_FLAGS) -- $(SOURCES)
	@mkdir -p build/cppcheck
	@cppcheck --quiet --std=c11 --enable=warning,performance,portability,style --inline-suppr \
	  --error-exitcode=1 --suppressions-list=tests/cppcheck.txt --cppcheck-build-dir=build/cppcheck \
	  -j $(JOBS) -D_XOPEN_SOURCE=700 -Isrc src

sanitize:
	@$(TRUST)
	@$(MAKE) --no-print-directory -s -j$(JOBS) program check-program build-units
	@tests/run --sanitized
valgrind:
	@$(TRUST)
	@$(MAKE) --no-print-directory -s -j$(JOBS) program
	@tests/run --valgrind $(CASES)

# In a copy of the tree, so that no object is mistaken for one of the usual kind.
COVERED = build/coverage/tree
coverage:
	@$(TRUST)
	@tests/coverage/run $(COVERED) $(JOBS)
