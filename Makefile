# handout: one guide, made out for each reader, as PDF and EPUB.
#
#   make demo         installs what is missing, builds, makes the demonstration handout
#   make check        installs what the tests need, builds with sanitizers, runs everything
#   make              builds build/handout
#   make install      builds, and puts everything below PREFIX (/usr/local), or DESTDIR/PREFIX
#   make uninstall    removes what make install put there
#   make deb          Debian packages of the program, the library and its header, in build/deb/
#   make pictures     the pictures of README.md, made anew
#   make bench        how fast the stages are
#   make fuzz         fuzzers for each reader and the engines, TIME=60 seconds each
#   make quick        unit tests and cases, without the slow outside judges: before each push
#   make packages     installs the Debian packages that a build needs
#
# The first two call make again for the building, since pkg-config may not be there yet.

# --- packages (Debian): the one list of what is needed --------------------------
BUILD_PACKAGES = gcc libc6-dev make pkg-config libhpdf-dev libzip-dev libxml2-dev \
  libharfbuzz-dev libicu-dev libfontconfig-dev libfyaml-dev libcmark-gfm-dev \
  libcmark-gfm-extensions-dev libcsv-dev libhyphen-dev hyphen-en-us libqrencode-dev \
  nettle-dev libdeflate-dev libpng-dev libcairo2-dev libjansson-dev fonts-noto-cjk \
  fonts-noto-core fonts-noto-mono
CHECK_PACKAGES = $(BUILD_PACKAGES) zlib1g-dev python3 poppler-utils mupdf-tools qpdf epubcheck \
  libxml2-utils universal-ctags unicode-data zbar-tools g++ libqpdf-dev mandoc zsh fish dpkg-dev
TRUST_PACKAGES = clang libclang-rt-14-dev llvm valgrind clang-tidy cppcheck gcovr
PACKAGES = $(BUILD_PACKAGES)

# --- the program -----------------------------------------------------------------
MODULES = libxml-2.0 libzip harfbuzz harfbuzz-subset icu-uc icu-i18n fontconfig libfyaml \
  libcmark-gfm libqrencode nettle libdeflate libpng cairo jansson
WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Werror \
  -Werror=implicit-function-declaration
CFLAGS ?= -O2 -g
# The program and the shared library are made of the same objects.
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -Isrc -fPIC -fno-semantic-interposition \
  $(WARNINGS) $(CFLAGS) $(MODULE_CFLAGS)
# What the shipped build has against mistakes in memory; tests/hardening looks for it.
HARDENING = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
  -fstack-clash-protection
HARDENED_LINK = -Wl,-z,relro,-z,now,-z,noexecstack
LIBRARIES = -Wl,--as-needed $(MODULE_LIBRARIES) -lhpdf -lcmark-gfm-extensions -lcsv -lhyphen -lm
SANITIZE = -O1 -g -Wno-format-truncation -fsanitize=address,undefined -fno-sanitize-recover=all \
  -fno-omit-frame-pointer

# Goals that build nothing themselves do not need the libraries.
OUTER_GOALS = demo check fuzz packages clean help uninstall
ifneq ($(filter-out $(OUTER_GOALS),$(or $(MAKECMDGOALS),all)),)
  ifneq ($(shell pkg-config --exists $(MODULES) && echo yes),yes)
    $(error Libraries are missing: "make packages" installs them)
  endif
  MODULE_CFLAGS := $(shell pkg-config --cflags $(MODULES) | sed 's/-I/-isystem /g')
  MODULE_LIBRARIES := $(shell pkg-config --libs $(MODULES))
endif

VERSION := $(shell sed -n 's/^.define HANDOUT_VERSION "\(.*\)"/\1/p' src/base/version.h)
SOURCES = $(sort $(wildcard src/*.c src/*/*.c))
OBJECTS = $(SOURCES:src/%.c=build/object/%.o)
CHECK_OBJECTS = $(SOURCES:src/%.c=build/check/object/%.o)
UNITS = $(patsubst tests/unit/%.c,build/check/unit/%,$(sort $(wildcard tests/unit/*.c)))
JOBS = $(shell nproc 2>/dev/null || echo 2)

.PHONY: all program library manual units check-program
all: program library
program: build/handout
check-program: build/check/handout

build/handout: $(filter-out build/object/handout.o,$(OBJECTS))
	@echo "  $@"
	@$(CC) $(CFLAGS) -pie $(HARDENED_LINK) $(LDFLAGS) -o $@ $^ $(LIBRARIES)
build/object/%.o: src/%.c build/flags
	@mkdir -p $(@D)
	@echo "  $<"
	@$(CC) $(ALL_CFLAGS) $(HARDENING) $(DEFINES) -MMD -MP -c -o $@ $<

# Where the program looks when nothing lies beside it. The stamp follows PREFIX.
PREFIX ?= /usr/local
DATADIR = $(PREFIX)/share/handout
build/object/base/assets.o: DEFINES = -DHANDOUT_ASSETS_FOLDER='"$(DATADIR)/assets"'
build/object/base/assets.o: build/prefix
# What is built with other flags, or for another place, is built again.
build/prefix build/flags: always
	@mkdir -p build
	@echo "$($(@F))" | cmp -s - $@ || echo "$($(@F))" >$@
prefix = $(PREFIX) $(LIBDIR)
flags = $(ALL_CFLAGS) $(HARDENING) $(SANITIZE)
.PHONY: always

build/check/handout: build/check/object/cli/main.o build/check/handout.a
	@echo "  $@"
	@$(CC) $(SANITIZE) -o $@ $^ $(LIBRARIES)
build/check/handout.a: $(filter-out %/cli/main.o,$(CHECK_OBJECTS))
	@rm -f $@
	@ar rcs $@ $^
build/check/object/%.o: src/%.c build/flags
	@mkdir -p $(@D)
	@echo "  $<"
	@$(CC) $(filter-out -O2,$(ALL_CFLAGS)) $(SANITIZE) -MMD -MP -c -o $@ $<

# The library: all but the verbs and the batch, and nothing to be seen but src/handout.map.
LIBRARY_OBJECTS = $(filter-out build/object/cli/% build/object/batch/%,$(OBJECTS))
SONAME = libhandout.so.0
library: build/libhandout.so build/libhandout.a build/handout.pc
build/libhandout.so: $(LIBRARY_OBJECTS) src/handout.map
	@echo "  $@"
	@$(CC) $(CFLAGS) $(HARDENED_LINK) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs \
	  -Wl,--version-script=src/handout.map -o $@ $(LIBRARY_OBJECTS) $(LIBRARIES)
build/libhandout.a: $(LIBRARY_OBJECTS) src/handout.map
	@echo "  $@"
	@sed -n 's/^ *\(handout_.*\);/\1/p' src/handout.map >build/handout.symbols
	@$(LD) -r -o build/libhandout.o $(LIBRARY_OBJECTS)
	@objcopy --keep-global-symbols=build/handout.symbols build/libhandout.o
	@rm -f $@
	@ar rcs $@ build/libhandout.o
build/handout.pc: assets/handout.pc.in src/base/version.h Makefile build/prefix
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	  -e 's|@LIBRARIES@|$(filter-out -Wl% -ljansson,$(LIBRARIES))|' $< >$@

MANUALS = $(patsubst assets/%,build/%,$(sort $(wildcard assets/man/*)))
manual: $(MANUALS)
build/man/%: assets/man/% src/base/version.h
	@mkdir -p $(@D)
	@sed 's|@VERSION@|$(VERSION)|' $< >$@

# A unit test is one file with a main, linked with everything but the program's own.
build-units: $(UNITS)
units: $(UNITS)
	@for unit in $(UNITS); do echo "$$unit"; $$unit || exit 1; done
build/check/unit/%: tests/unit/%.c tests/unit/check.h build/check/handout.a
	@mkdir -p $(@D)
	@echo "  $<"
	@$(CC) $(filter-out -O2,$(ALL_CFLAGS)) $(SANITIZE) -Itests/unit -MMD -MP -o $@ $< \
	  build/check/handout.a $(LIBRARIES) -lz

-include $(OBJECTS:.o=.d) $(CHECK_OBJECTS:.o=.d) $(UNITS:%=%.d)

# --- packages ----------------------------------------------------------------------
# Does nothing when all are there. The lists are fetched when there are none, or when
# they are too old to find a package.
.PHONY: packages
packages:
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${db:Status-Abbrev}' $$package 2>/dev/null | grep -q '^ii' || \
	    missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	echo "Installing:$$missing"; \
	apt="env DEBIAN_FRONTEND=noninteractive apt-get -qq"; \
	[ "$$(id -u)" = 0 ] || apt="sudo $$apt"; \
	ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 || $$apt update </dev/null || exit 1; \
	install="$$apt install -y --no-install-recommends $$missing"; \
	$$install </dev/null >/dev/null || { $$apt update </dev/null && $$install </dev/null; }

# --- installing --------------------------------------------------------------------
# FILE:PLACE for each file; uninstalling goes through the same list.
BINDIR = $(PREFIX)/bin
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
ZSHDIR = $(PREFIX)/share/zsh/site-functions
SHARED_FILES = $(sort $(wildcard assets/*.css assets/schema/* assets/themes/* assets/words/*) \
  fonts/manifest.yaml $(shell find templates -type f))
INSTALLED = build/handout:$(BINDIR)/handout src/handout.h:$(INCLUDEDIR)/handout.h \
  build/libhandout.so:$(LIBDIR)/libhandout.so.$(VERSION) build/libhandout.a:$(LIBDIR)/libhandout.a \
  build/handout.pc:$(LIBDIR)/pkgconfig/handout.pc \
  $(foreach page,$(MANUALS),$(page):$(PREFIX)/share/man/man$(patsubst .%,%,$(suffix $(page)))/$(notdir $(page))) \
  assets/completions/handout.bash:$(PREFIX)/share/bash-completion/completions/handout \
  assets/completions/handout.fish:$(PREFIX)/share/fish/vendor_completions.d/handout.fish \
  assets/completions/_handout:$(ZSHDIR)/_handout \
  $(foreach file,$(SHARED_FILES),$(file):$(DATADIR)/$(file))
LINKS = $(LIBDIR)/$(SONAME) $(LIBDIR)/libhandout.so

.PHONY: install uninstall
install: program library manual
	@for pair in $(INSTALLED); do \
	  mode=644; [ "$${pair%%:*}" != build/handout ] || mode=755; \
	  install -D -m $$mode "$${pair%%:*}" "$(DESTDIR)$${pair#*:}" || exit 1; \
	done
	@for link in $(LINKS); do ln -sf libhandout.so.$(VERSION) "$(DESTDIR)$$link" || exit 1; done
uninstall:
	@for pair in $(INSTALLED) $(LINKS:%=:%); do rm -f "$(DESTDIR)$${pair#*:}"; done
	@[ ! -d "$(DESTDIR)$(DATADIR)" ] || find "$(DESTDIR)$(DATADIR)" -depth -type d -empty -delete

# Whoever gives the packages away says who they are.
MAINTAINER ?= Whoever builds this <root@localhost>
.PHONY: deb
deb: program library manual
	@$(MAKE) --no-print-directory packages PACKAGES=dpkg-dev
	@assets/debian/build "$(VERSION)" build/deb "$(MAINTAINER)" \
	  $(filter lib%-dev nettle-dev,$(filter-out libc6-dev libjansson-dev,$(BUILD_PACKAGES)))

# --- what people type ------------------------------------------------------------------
.PHONY: demo make-demo pictures check quick conformance bench clean help
demo:
	@$(MAKE) --no-print-directory packages
	@$(MAKE) --no-print-directory -s -j$(JOBS) program
	@$(MAKE) --no-print-directory -s make-demo
make-demo: program
	@tests/demo
# README's, with today's templates; tests/readme says when they are to be made again.
pictures: program
	@$(MAKE) --no-print-directory packages PACKAGES=poppler-utils
	@tests/pictures assets/pictures

check:
	@$(MAKE) --no-print-directory packages PACKAGES="$(CHECK_PACKAGES)"
	@$(MAKE) --no-print-directory -s -j$(JOBS) program check-program build-units
	@tests/run --all
quick: program check-program build-units
	@tests/run --quick

# veraPDF and pdfium, fetched by Maven and npm; an array of tasks where slurm-wlm is installed.
conformance: program build-units
	@tests/conformance/run build/handout build/conformance
	@tests/conformance/books build/handout build/conformance/books
	@tests/batch/check build/handout --kills 50 --readers 2000 --rows 1000000
	@tests/batch/slurm build/handout
build/bench/%: tests/bench/%.c $(filter-out build/object/cli/%,$(OBJECTS))
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests/unit -o $@ $^ $(LIBRARIES) -lz
# How long the stages take; TYPST_MODULES is where npm has put Typst, LONG=1 adds 5,000 pages,
# READERS=50000 shows that memory does not grow.
bench: program build/bench/text build/bench/batch build/bench/pdf_pages
	@build/bench/text
	@tests/bench/documents build/handout build/bench/pdf_pages
	@[ -z "$(READERS)" ] || tests/bench/run build/bench/batch $(READERS)
	@tests/bench/peers build/handout build/bench/batch $(if $(LONG),--long)

include tests/trust.mk

clean:
	rm -rf build
help:
	@sed -n '/^#   make/s/^#   //p' Makefile
