// What is found in a block before it is handed out token by token.
#ifndef LEDE_FOUND_H
#define LEDE_FOUND_H

#include "buffer.h"
#include "token.h"

// How an item is handed out: as one token; as a mark with its pieces; as a pair of signs with words between.
enum Form { LEAF, MARK, PAIR, LINK, OPEN_NOTE };

typedef struct {
  Span span;
  // The words between the signs of a pair; the inside of a mark.
  Span words;
  uint8_t form;
  // The token of a leaf, or the one that opens the others.
  uint8_t token;
} Item;

// A part of a mark, a header or a definition.
typedef struct {
  Span span;
  uint8_t token;
} Piece;

typedef struct {
  Item *items;
  uint32_t item_count, item_room;
  Piece *pieces;
  uint32_t piece_count, piece_room;
  // What inlines step over: comments and the signs of lines; sorted and disjoint when they are read.
  Span *skips;
  uint32_t skip_count, skip_room;
  // Every `[` with its `]`, by their places.
  Span *brackets;
  uint32_t bracket_count, bracket_room;
} Found;

#define PUSH(list, count, room, value)                                  \
  do {                                                                  \
    if ((count) == (room)) {                                            \
      (room) = (room) ? (room) * 2 : 16;                                \
      (list) = ts_realloc((list), (room) * sizeof(*(list)));            \
    }                                                                   \
    (list)[(count)++] = (value);                                        \
  } while (0)

static void push_item(Found *f, Span s, Span words, uint8_t form, uint8_t token) {
  Item item = {s, words, form, token};
  PUSH(f->items, f->item_count, f->item_room, item);
}

static void push_piece(Found *f, Span s, uint8_t token) {
  Piece piece = {s, token};
  if (!is_empty(s)) PUSH(f->pieces, f->piece_count, f->piece_room, piece);
}

static void push_skip(Found *f, Span s) {
  if (!is_empty(s)) PUSH(f->skips, f->skip_count, f->skip_room, s);
}

// A sign of a line (`> `, a bullet): handed out as it is, and stepped over by inlines.
static void push_sign(Found *f, Span s, uint8_t token) {
  push_skip(f, s);
  push_item(f, s, s, LEAF, token);
}

// Whether one comes before another: by its start, the longer first.
static bool is_before(const void *a, const void *b) {
  const Span *x = a, *y = b;
  return x->start != y->start ? x->start < y->start : x->end > y->end;
}

// Sorts things that begin with their span, by their starts (a heap; there is no qsort where parsers run as WebAssembly).
static void sort(void *list, uint32_t count, size_t size) {
  char *things = list, kept[sizeof(Item)];
  for (uint32_t left = count / 2, end = count; end > 1;) {
    if (left > 0) {
      memcpy(kept, things + --left * size, size);
    } else {
      memcpy(kept, things + --end * size, size);
      memcpy(things + end * size, things, size);
    }
    uint32_t parent = left, child = left * 2 + 1;
    for (; child < end; parent = child, child = parent * 2 + 1) {
      if (child + 1 < end && is_before(things + child * size, things + (child + 1) * size)) child++;
      if (!is_before(kept, things + child * size)) break;
      memcpy(things + parent * size, things + child * size, size);
    }
    memcpy(things + parent * size, kept, size);
  }
}

// Sorts the steps and makes those that overlap one.
static void merge_skips(Found *f) {
  if (!f->skip_count) return;
  sort(f->skips, f->skip_count, sizeof(Span));
  uint32_t made = 1;
  for (uint32_t i = 1; i < f->skip_count; i++) {
    Span *last = &f->skips[made - 1];
    if (f->skips[i].start < last->end) {
      if (f->skips[i].end > last->end) last->end = f->skips[i].end;
    } else {
      f->skips[made++] = f->skips[i];
    }
  }
  f->skip_count = made;
}

static void forget(Found *f) {
  ts_free(f->items);
  ts_free(f->pieces);
  ts_free(f->skips);
  ts_free(f->brackets);
}

#endif
