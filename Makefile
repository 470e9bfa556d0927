# SPDX-License-Identifier: ISC
#
# make            build build/asasim
# make demo       install what is missing, build, run the main job
# make test       install what is missing, build, run every test
# make help       all targets
#
# One make, no recursion. VARIANT picks a build directory of its own:
# release (default), debug, asan, fuzz, cov.

MAKEFLAGS += -rR
.SUFFIXES:
.DELETE_ON_ERROR:

PREFIX ?= /usr/local
DESTDIR ?=
PKG_CONFIG ?= pkg-config
CC := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
AR := ar
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

VARIANT ?= release
ifeq ($(VARIANT),release)
B := build
else
B := build/$(VARIANT)
endif

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || cat .version 2>/dev/null || echo 0.1)

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

PKGS := libedit libpcap zlib libzstd libpcre2-8 jansson libcap-ng
LIBS_cli = $(shell $(PKG_CONFIG) --libs libedit jansson libcap-ng)
LIBS_engine = $(shell $(PKG_CONFIG) --libs libpcap zlib libzstd libpcre2-8)

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

.PHONY: all
all: $(B)/asasim

$(B)/asasim: $(B)/cli/main.o $(LIB_cli) $(LIB_engine) $(LIB_parser)
	@echo "  LD    $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDEXTRA) -o $@ $^ $(LIBS_cli) $(LIBS_engine)

$(LIB_parser): $(OBJ_parser)
$(LIB_engine): $(OBJ_engine)
$(LIB_cli): $(filter-out %/main.o,$(OBJ_cli))
$(B)/lib%.a:
	@echo "  AR    $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/parser/%.o: parser/%.c
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_parser) $(DEPFLAGS) -c -o $@ $<
$(B)/engine/%.o: engine/%.c
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_engine) $(DEPFLAGS) -c -o $@ $<
$(B)/cli/%.o: cli/%.c $(B)/version.h
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_cli) $(DEPFLAGS) -c -o $@ $<

$(B)/version.h: FORCE
	@mkdir -p $(@D)
	@echo '#define ASASIM_VERSION "$(VERSION)"' > $@.new
	@cmp -s $@ $@.new || mv $@.new $@; rm -f $@.new
FORCE:

# Unit tests: a binary for each module, linked with that layer's archive only.
UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
UNIT_BIN := $(UNIT:%=$(B)/tests/%)
$(B)/tests/test_%: tests/unit/test_%.c $(LIB_cli) $(LIB_engine) $(LIB_parser)
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(INC_cli) -Itests $(DEPFLAGS) $(LDEXTRA) -o $@ \
	    $< $(LIB_cli) $(LIB_engine) $(LIB_parser) $(LIBS_cli) \
	    $(LIBS_engine) -lcunit

-include $(wildcard $(B)/*/*.d $(B)/tests/*.d)

.PHONY: clean
clean:
	rm -rf build
