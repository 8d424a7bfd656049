// A block as tokens, to be handed out one after the other.
#ifndef LEDE_PLAN_H
#define LEDE_PLAN_H

#include "inlines.h"
#include "shape.h"

// A plan travels in the scanner's state, of which tree-sitter keeps 1,024 bytes. Beyond ROOM a block's inlines are
// handed out as words; what closes the pairs that are open still fits.
#define ROOM 760
#define MOST_STEPS 1024

typedef struct {
  uint8_t token;
  uint32_t length;
} Step;

typedef struct {
  Step steps[MOST_STEPS];
  uint32_t count, next;
  // Bytes that the steps take in the state.
  uint32_t bytes;
  // Up to where the block is handed out.
  uint32_t cursor;
} Plan;

static uint32_t bytes_of(uint32_t length) {
  uint32_t bytes = 2;
  while (length >= 128) length >>= 7, bytes++;
  return bytes;
}

static bool has_room(const Plan *p) { return p->bytes < ROOM && p->count < MOST_STEPS - 3 * DEPTH; }

// Hands out what stands between the cursor and a place as one token.
static void step_to(Plan *p, uint32_t end, uint8_t token) {
  if (end < p->cursor) end = p->cursor;
  if (p->count == MOST_STEPS) return;
  Step step = {token, end - p->cursor};
  p->bytes += bytes_of(step.length);
  p->steps[p->count++] = step;
  p->cursor = end;
}

// The same, but nothing when nothing stands there.
static void words_to(Plan *p, uint32_t end, uint8_t token) {
  if (end > p->cursor) step_to(p, end, token);
}

// The pieces of a run, with the comments that stand among them; what is between them is `filler`.
static void plan_pieces(Buffer *b, Found *f, Plan *p, uint32_t end, uint8_t filler) {
  uint32_t piece = 0, item = 0;
  while (p->cursor < end && has_room(p)) {
    while (piece < f->piece_count && f->pieces[piece].span.start < p->cursor) piece++;
    while (item < f->item_count && (f->items[item].token != COMMENT || f->items[item].span.start < p->cursor)) item++;
    uint32_t next_piece = piece < f->piece_count ? f->pieces[piece].span.start : NONE;
    uint32_t next_item = item < f->item_count ? f->items[item].span.start : NONE;
    uint32_t next = next_piece < next_item ? next_piece : next_item;
    if (next > p->cursor) {
      uint32_t stop = next < end ? next : end;
      bool blank = is_empty(trimmed(b, span(p->cursor, stop)));
      words_to(p, stop, filler == TEXT && blank ? SPACE : filler);
      continue;
    }
    if (next_item == p->cursor) {
      uint32_t stop = f->items[item].span.end;
      step_to(p, stop < end ? stop : end, COMMENT);
    } else {
      uint32_t stop = f->pieces[piece].span.end;
      if (stop > next_item) stop = next_item;
      step_to(p, stop < end ? stop : end, f->pieces[piece].token);
    }
  }
  words_to(p, end, filler);
}

// A mark that stands in no run of words: its sign, its pieces, its bracket.
static void plan_mark(Buffer *b, Found *f, Plan *p, Item mark) {
  step_to(p, mark.words.start, mark.token);
  plan_pieces(b, f, p, mark.words.end, DELIMITER);
  step_to(p, mark.span.end, mark.token == DELIMITER ? DELIMITER : CLOSE);
}

// The words and items of a run; `item` is the first that may stand in it. Gives the first after it.
static uint32_t plan_run(Buffer *b, Found *f, Plan *p, uint32_t item, uint32_t end) {
  for (; item < f->item_count && f->items[item].span.start < end; item++) {
    Item it = f->items[item];
    if (it.span.end <= p->cursor || !has_room(p)) continue;
    if (it.span.start < p->cursor) {
      // The rest of a comment that a mark broke into.
      if (it.token == COMMENT) step_to(p, it.span.end < end ? it.span.end : end, COMMENT);
      continue;
    }
    if (it.span.end > end) continue;
    words_to(p, it.span.start, TEXT);
    switch (it.form) {
      case LEAF: step_to(p, it.span.end, it.token); break;
      case MARK: plan_mark(b, f, p, it); break;
      default: {
        step_to(p, it.form == OPEN_NOTE ? it.span.start + 1 : it.words.start, it.token);
        if (it.form == OPEN_NOTE) {
          step_to(p, it.words.start - 1, WHO);
          step_to(p, it.words.start, DELIMITER);
        }
        uint32_t next = plan_run(b, f, p, item + 1, it.words.end);
        if (it.form == LINK) {
          uint32_t target = it.words.end + 2;
          while (target + 1 < it.span.end && is_space(at(b, target))) target++;
          step_to(p, target, OPEN);
          plan_pieces(b, f, p, it.span.end - 1, DELIMITER);
        }
        step_to(p, it.span.end, CLOSE);
        item = next - 1;
      }
    }
  }
  words_to(p, end, TEXT);
  return item;
}

static int32_t closing_of(int32_t c) { return c == 0x201C ? 0x201D : c == 0xAB ? 0xBB : c == 0x201E ? 0x201C : c == '"' ? '"' : END; }

// Quotations whose marks both stand outside everything else, as pairs among the (sorted) items.
static void pair_quotations(Buffer *b, Found *f, Span content) {
  uint32_t item = 0, count = f->item_count, open = NONE;
  int32_t closing = END;
  for (uint32_t i = content.start; i < content.end;) {
    while (item < count && f->items[item].span.end <= i) item++;
    if (item < count && f->items[item].span.start <= i) {
      i = f->items[item].span.end;
      continue;
    }
    int32_t c = at(b, i);
    bool at_word = i + 1 < content.end && !is_space(at(b, i + 1));
    bool after_space = i == content.start || !is_alphanumeric(at(b, i - 1));
    if (open == NONE && closing_of(c) != END && at_word && (c != '"' || after_space)) {
      open = i;
      closing = closing_of(c);
    } else if (open != NONE && c == closing) {
      push_item(f, span(open, i + 1), span(open + 1, i), PAIR, QUOTATION_OPEN);
      open = NONE;
    }
    i++;
  }
}

// Plans the block that takes a text from 0 to `end`.
static void plan_block(Plan *p, Lines *l, Found *f, uint32_t end, bool is_header, bool in_comment, uint8_t zone) {
  Buffer *b = l->b;
  Span content = span(0, end);
  while (content.start < end && is_bom_or_space(at(b, content.start))) content.start++;
  content.end = trimmed(b, content).end;
  uint32_t count = 0;
  while (count < l->count && l->lines[count].end <= end) count++;
  // The lines of the block, cut where its content ends.
  Shape shape = shape_of(b, f, content, l->lines, count, is_header, in_comment, zone);
  merge_skips(f);
  for (uint32_t i = 0; i < shape.run_count; i++) {
    Span run = shape.runs[i];
    if (i == 0 && f->skip_count && f->skips[0].start == run.start) run.start = f->skips[0].end;
    read_inlines(b, f, run);
  }
  sort(f->items, f->item_count, sizeof(Item));
  if (shape.run_count && zone == COPY_ZONE && shape.start != IMAGE_START) {
    pair_quotations(b, f, content);
    sort(f->items, f->item_count, sizeof(Item));
  }
  sort(f->pieces, f->piece_count, sizeof(Piece));
  step_to(p, 0, shape.start);
  words_to(p, content.start, SPACE);
  switch (shape.start) {
    case HEADER_START: plan_pieces(b, f, p, content.end, TEXT); break;
    case SOURCE_DEFINITION_START: case ENTITY_DEFINITION_START: plan_pieces(b, f, p, content.end, DELIMITER); break;
    case END_MARK_START: case NOTES_MARK_START: case STORY_MARK_START: words_to(p, content.end, SIGN); break;
    case COMMENT_BLOCK_START: words_to(p, content.end, COMMENT); break;
    default: plan_run(b, f, p, 0, content.end);
  }
  words_to(p, end, GAP);
}

#endif
