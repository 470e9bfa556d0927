# SPDX-License-Identifier: ISC
#
# make            build build/asasim
# make demo       install what is missing, build, tell the tech note's story
# make test       install what is missing, build, run every test
# make help       all targets
#
# One make, no recursion into folders. VARIANT picks a build directory of its
# own: release (default), debug, asan, fuzz, cov. CC=clang works for each.

MAKEFLAGS += -rR
.SUFFIXES:
.DELETE_ON_ERROR:

PREFIX ?= /usr/local
DESTDIR ?=
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
PKG_CONFIG ?= pkg-config
INSTALL ?= install
CC := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
AR := ar
FUZZ_SECONDS ?= 60
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

VARIANT ?= release
ifeq ($(VARIANT),release)
B := build
else
B := build/$(VARIANT)
endif

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || \
	cat .version 2>/dev/null || echo 0.1)

WARN := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings \
	-Wvla -Wundef -Wimplicit-fallthrough
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
OPT := -O2
LDEXTRA := -pie -Wl,-z,relro,-z,now
ifeq ($(VARIANT),debug)
OPT := -O0
HARDEN :=
endif
ifeq ($(VARIANT),asan)
OPT := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
HARDEN :=
LDEXTRA := -fsanitize=address,undefined
endif
ifeq ($(VARIANT),fuzz)
CC := clang
OPT := -O1 -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
HARDEN :=
LDEXTRA := -fsanitize=address,undefined
endif
ifeq ($(VARIANT),cov)
OPT := -O0 --coverage
HARDEN :=
LDEXTRA := --coverage
endif

# Debian 12's packages: to build, to test, to lint, to fuzz.
DEPS_BUILD := gcc libc6-dev make pkg-config libedit-dev libpcap-dev \
	libnet1-dev uthash-dev libxxhash-dev zlib1g-dev libzstd-dev libpcre2-dev
DEPS_TEST := libcunit1-dev tshark python3
DEPS_LINT := clang clang-tidy clang-format cppcheck mandoc
DEPS_FUZZ := clang libclang-rt-14-dev

# Each layer's libraries come after the layers that may use it.
LIBS_parser :=
LIBS_engine = $(shell $(PKG_CONFIG) --libs libpcap zlib libzstd libpcre2-8) \
	$(shell libnet-config --libs)
LIBS_cli = $(shell $(PKG_CONFIG) --libs libedit) $(LIBS_engine)

CFLAGS ?= -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(OPT) $(CFLAGS) $(WARN) $(HARDEN) -pthread
DEPFLAGS = -MMD -MP
INC_parser := -Iparser
INC_engine := -Iparser -Iengine
INC_cli := -Iparser -Iengine -Icli -I$(B)

SRC_parser := $(wildcard parser/*.c)
SRC_engine := $(wildcard engine/*.c)
SRC_cli := $(wildcard cli/*.c)
OBJ_parser := $(SRC_parser:%.c=$(B)/%.o)
OBJ_engine := $(SRC_engine:%.c=$(B)/%.o)
OBJ_cli := $(SRC_cli:%.c=$(B)/%.o)
LIB_parser := $(B)/libparser.a
LIB_engine := $(B)/libengine.a
LIB_cli := $(B)/libcli.a
# What a thing of a layer may link: the layer and those under it.
LINK_parser := $(LIB_parser)
LINK_engine := $(LIB_engine) $(LIB_parser)
LINK_cli := $(LIB_cli) $(LINK_engine)

.PHONY: all
all: $(B)/asasim

$(B)/asasim: $(B)/cli/main.o $(LINK_cli)
	@echo "  LD    $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDEXTRA) -o $@ $^ $(LIBS_cli)

$(LIB_parser): $(OBJ_parser)
$(LIB_engine): $(OBJ_engine)
$(LIB_cli): $(filter-out %/main.o,$(OBJ_cli))
$(B)/lib%.a:
	@echo "  AR    $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# The flags a build directory was made with: another CC or CFLAGS rebuilds it.
$(B)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' > $@.new
	@cmp -s $@ $@.new || mv $@.new $@; rm -f $@.new

define compile # layer
$(B)/$(1)/%.o: $(1)/%.c $(B)/.flags $(if $(filter cli,$(1)),$(B)/version.h)
	@echo "  CC    $$<"
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(INC_$(1)) $$(DEPFLAGS) -c -o $$@ $$<
endef
$(foreach l,parser engine cli,$(eval $(call compile,$l)))

$(B)/version.h: FORCE
	@mkdir -p $(@D)
	@echo '#define ASASIM_VERSION "$(VERSION)"' > $@.new
	@cmp -s $@ $@.new || mv $@.new $@; rm -f $@.new
FORCE:

# Unit tests: a binary for each module. test_MODULE links the layer that has
# MODULE.[ch] (or MODULE_*.[ch]) and the layers under it, nothing else.
layer_of = $(firstword $(foreach l,parser engine,$(if $(wildcard \
	$(addprefix $l/$1,.c .h _*.c _*.h)),$l)) cli)
UNIT := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
UNIT_BIN := $(UNIT:%=$(B)/tests/test_%)
define unit_test # module, layer
$(B)/tests/test_$(1): tests/unit/test_$(1).c $(LINK_$(2)) $(B)/.flags \
    $(if $(filter cli,$(2)),$(B)/version.h)
	@echo "  CC    $$< ($(2))"
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(INC_$(2)) -Itests $$(DEPFLAGS) \
	    $$(LDEXTRA) -o $$@ $$< $(LINK_$(2)) $$(LIBS_$(2)) -lcunit
endef
$(foreach t,$(UNIT),$(eval $(call unit_test,$t,$(call layer_of,$t))))

# Programs of the other suites, tests/SUITE/NAME.c: they link everything.
SUITE_BIN := $(patsubst tests/%.c,$(B)/tests/%,$(filter-out tests/unit/% \
	tests/fuzz/%,$(wildcard tests/*/*.c)))
$(SUITE_BIN): $(B)/tests/%: tests/%.c $(LINK_cli) $(B)/.flags $(B)/version.h
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_cli) $(DEPFLAGS) $(LDEXTRA) -o $@ $< \
	    $(LINK_cli) $(LIBS_cli)

# Fuzz targets: with libFuzzer (VARIANT=fuzz), and everywhere with a plain main
# that replays files.
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAY_BIN := $(FUZZ:%=$(B)/tests/replay_%)
FUZZ_BIN := $(FUZZ:%=$(B)/tests/fuzz_%)
$(REPLAY_BIN): $(B)/tests/replay_%: tests/fuzz/fuzz_%.c \
    tests/fuzz/standalone.c $(LINK_cli) $(B)/.flags $(B)/version.h
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_cli) -Itests -Itests/smtp $(LDEXTRA) -o $@ \
	    $(filter %.c,$^) $(LINK_cli) $(LIBS_cli)
$(FUZZ_BIN): $(B)/tests/fuzz_%: tests/fuzz/fuzz_%.c $(LINK_cli) $(B)/.flags \
    $(B)/version.h
	@echo "  CC    $< (libFuzzer)"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_cli) -Itests -Itests/smtp $(LDEXTRA) \
	    -fsanitize=fuzzer -o $@ $< $(LINK_cli) $(LIBS_cli)

-include $(wildcard $(B)/parser/*.d $(B)/engine/*.d $(B)/cli/*.d \
	$(B)/tests/*.d $(B)/tests/*/*.d)

# Packages first, then the job in a second make: the job may use all cores.
JOBS := $(shell nproc 2>/dev/null || echo 1)
again = +$(Q)$(MAKE) --no-print-directory \
	$(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: deps deps-lint deps-fuzz deps-capture
deps:
	@.ci/deps $(DEPS_BUILD) $(DEPS_TEST)
deps-lint:
	@.ci/deps $(DEPS_LINT)
deps-fuzz:
	@.ci/deps $(DEPS_FUZZ)
deps-capture:
	@.ci/deps $$(tests/capture/record.sh --packages)

.PHONY: demo run-demo
demo: deps
	$(again) run-demo
run-demo: $(B)/asasim
	@ASASIM=$(B)/asasim tests/demo.sh

.PHONY: test run-test test-update programs
test: deps
	$(again) run-test
programs: $(B)/asasim $(UNIT_BIN) $(SUITE_BIN) $(REPLAY_BIN)
run-test: programs
	@tests/run-all $(B)
test-update: programs
	@tests/run-all --update $(B)

.PHONY: sanitize
sanitize: deps
	$(again) VARIANT=asan SUITE_TIMEOUT=3600 run-test

.PHONY: lint
lint: deps deps-lint
	$(again) $(B)/version.h
	@tests/lint/run $(B)

.PHONY: format
format:
	clang-format -i $(wildcard parser/*.[ch] engine/*.[ch] cli/*.[ch] \
	    tests/*/*.[ch])

.PHONY: fuzz run-fuzz
fuzz: deps deps-fuzz
	$(again) VARIANT=fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) run-fuzz
run-fuzz: $(FUZZ_BIN)
	@tests/fuzz/run $(B) $(FUZZ_SECONDS)

.PHONY: cov
cov: deps
	@.ci/deps gcovr
	$(Q)rm -rf build/cov
	$(again) VARIANT=cov run-test
	@gcovr --root . --filter parser/ --filter engine/ --filter cli/ build/cov

.PHONY: record
record: deps-capture
	tests/capture/record.sh

MAN := $(sort $(wildcard man/*.[1-9]))
.PHONY: install uninstall
install: $(B)/asasim
	$(INSTALL) -d $(DESTDIR)$(BINDIR)
	$(INSTALL) -m 755 $(B)/asasim $(DESTDIR)$(BINDIR)/asasim
	@set -e; for m in $(MAN); do d=$(DESTDIR)$(MANDIR)/man$${m##*.}; \
	    echo "$(INSTALL) -m 644 $$m $$d"; \
	    $(INSTALL) -d $$d; $(INSTALL) -m 644 $$m $$d; done
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/asasim
	@set -e; for m in $(notdir $(MAN)); do \
	    f=$(DESTDIR)$(MANDIR)/man$${m##*.}/$$m; echo "rm -f $$f"; \
	    rm -f $$f; done

.PHONY: dist
dist:
	git archive --prefix=asasim-$(VERSION)/ \
	    --add-virtual-file=asasim-$(VERSION)/.version:$(VERSION) \
	    -o asasim-$(VERSION).tar.gz HEAD

.PHONY: clean
clean:
	rm -rf build

.PHONY: help
help:
	@echo 'make               build build/asasim'
	@echo 'make demo          packages, build, the tech note told step by step'
	@echo 'make test          packages, build, all tests; last line: the totals'
	@echo 'make test-update   write the golden files anew (then read the diff)'
	@echo 'make sanitize      all tests with AddressSanitizer and UBSan'
	@echo 'make lint          format, clang-tidy, cppcheck, layers, manuals'
	@echo 'make format         let clang-format rewrite the sources'
	@echo 'make fuzz          each fuzz target for FUZZ_SECONDS=60'
	@echo 'make cov           tests with coverage, and a table of it'
	@echo 'make install       DESTDIR= PREFIX=/usr/local; make uninstall undoes it'
	@echo 'make deps          install the missing Debian packages; also'
	@echo '                   deps-lint, deps-fuzz, deps-capture'
	@echo 'make record        record testdata/pcap anew (root; real mail programs)'
	@echo 'make dist          source archive; make clean removes build/'
	@echo 'Variables: VARIANT=release|debug|asan|fuzz|cov CC= CFLAGS= V=1'
