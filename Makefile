# handout: one guide, made out for each reader, as PDF and EPUB.
#
#   make demo    installs what is missing, builds, makes the demonstration handout
#   make check   installs what the tests need, builds with sanitizers, runs everything

# --- packages (Debian): the one list of what is needed --------------------------
BUILD_PACKAGES = gcc libc6-dev make pkg-config libhpdf-dev libzip-dev libxml2-dev \
  libharfbuzz-dev libicu-dev libfontconfig-dev libfyaml-dev libcmark-gfm-dev \
  libcmark-gfm-extensions-dev libcsv-dev libhyphen-dev hyphen-en-us libqrencode-dev \
  libmd-dev zlib1g-dev libcairo2-dev libjansson-dev fonts-noto-cjk fonts-noto-core fonts-noto-mono
CHECK_PACKAGES = $(BUILD_PACKAGES) python3 poppler-utils mupdf-tools qpdf epubcheck \
  libxml2-utils universal-ctags

# --- the program -----------------------------------------------------------------
MODULES = libxml-2.0 libzip harfbuzz harfbuzz-subset icu-uc icu-i18n fontconfig libfyaml \
  libcmark-gfm libqrencode libmd zlib cairo jansson
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Werror \
  -Werror=implicit-function-declaration
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -Isrc $(WARNINGS) $(CFLAGS) \
  $(shell pkg-config --cflags $(MODULES) | sed 's/-I/-isystem /g')
LIBRARIES = $(shell pkg-config --libs $(MODULES)) -lhpdf -lcmark-gfm-extensions -lcsv -lhyphen -lm
SANITIZE = -O1 -g -Wno-format-truncation -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

SOURCES = $(sort $(wildcard src/*/*.c))
OBJECTS = $(SOURCES:src/%.c=build/object/%.o)
CHECK_OBJECTS = $(SOURCES:src/%.c=build/check/object/%.o)
UNITS = $(patsubst tests/unit/%.c,build/check/%,$(sort $(wildcard tests/unit/*.c)))

.PHONY: all program units clean
all: program
program: build/handout

build/handout: $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBRARIES)
build/object/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

build/check/handout: $(CHECK_OBJECTS)
	$(CC) $(SANITIZE) -o $@ $^ $(LIBRARIES)
build/check/object/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(filter-out -O2,$(ALL_CFLAGS)) $(SANITIZE) -MMD -MP -c -o $@ $<

# A unit test is one file with a main, linked with everything but the program's own.
units: $(UNITS)
	@for unit in $(UNITS); do echo "$$unit"; $$unit || exit 1; done
build/check/%: tests/unit/%.c tests/unit/check.h $(filter-out %/cli/main.o,$(CHECK_OBJECTS))
	@mkdir -p $(@D)
	$(CC) $(filter-out -O2,$(ALL_CFLAGS)) $(SANITIZE) -Itests/unit -o $@ $< $(filter %.o,$^) $(LIBRARIES)

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(CHECK_OBJECTS:.o=.d)
