// The scanner of Lede. At a block's start it reads the block whole and plans its tokens; then it hands them out.
//
// The plan is part of the state that tree-sitter keeps with every token, so an edit re-plans only the blocks that it
// touches, and those whose reading looked ahead into it.

#include "plan.h"

typedef struct {
  State state;
  Plan plan;
} Scanner;

void *tree_sitter_lede_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_lede_external_scanner_destroy(void *payload) { ts_free(payload); }

static unsigned write_number(char *to, uint32_t number) {
  unsigned size = 0;
  for (; number >= 128; number >>= 7) to[size++] = (char)(number & 127) | (char)128;
  to[size++] = (char)number;
  return size;
}

static uint32_t read_number(const char *from, unsigned length, unsigned *at) {
  uint32_t number = 0;
  for (unsigned shift = 0; *at < length && shift < 32; shift += 7) {
    unsigned char byte = (unsigned char)from[(*at)++];
    number |= (uint32_t)(byte & 127) << shift;
    if (byte < 128) break;
  }
  return number;
}

unsigned tree_sitter_lede_external_scanner_serialize(void *payload, char *to) {
  const Scanner *s = payload;
  unsigned size = 0;
  to[size++] = (char)(s->state.zone | s->state.has_body << 2 | s->state.in_comment << 3 | s->state.has_begun << 4);
  size += write_number(to + size, s->state.lines_left);
  for (uint32_t i = s->plan.next; i < s->plan.count && size + 6 < TREE_SITTER_SERIALIZATION_BUFFER_SIZE; i++) {
    to[size++] = (char)s->plan.steps[i].token;
    size += write_number(to + size, s->plan.steps[i].length);
  }
  return size;
}

void tree_sitter_lede_external_scanner_deserialize(void *payload, const char *from, unsigned length) {
  Scanner *s = payload;
  s->state = (State){0};
  s->plan.count = s->plan.next = 0;
  if (length == 0) return;
  unsigned at = 1;
  s->state.zone = from[0] & 3;
  s->state.has_body = from[0] >> 2 & 1;
  s->state.in_comment = from[0] >> 3 & 1;
  s->state.has_begun = from[0] >> 4 & 1;
  s->state.lines_left = read_number(from, length, &at);
  while (at < length && s->plan.count < MOST_STEPS) {
    uint8_t token = (uint8_t)from[at++];
    s->plan.steps[s->plan.count++] = (Step){token, read_number(from, length, &at)};
  }
}

// Hands out the next step of the plan; a step of no width ends where the lexer was before it read on.
static void take_step(Scanner *s, TSLexer *lexer, bool has_read) {
  Step step = s->plan.steps[s->plan.next++];
  if (!has_read) {
    for (uint32_t i = 0; i < step.length && !lexer->eof(lexer); i++) lexer->advance(lexer, false);
    lexer->mark_end(lexer);
  }
  lexer->result_symbol = step.token;
}

// Blank lines at the top of the file.
static bool take_blank_lines(Buffer *b, TSLexer *lexer) {
  bool found = false;
  uint32_t i = 0;
  for (int32_t c; (c = at(b, i)) != END && is_bom_or_space(c); i++) {
    bool is_last = c == '\n' || (c == '\r' && lexer->lookahead != '\n');
    if (!is_last) continue;
    lexer->mark_end(lexer);
    found = true;
  }
  if (i > 0 && at(b, i) == END) {
    lexer->mark_end(lexer);
    found = true;
  }
  lexer->result_symbol = GAP;
  return found;
}

bool tree_sitter_lede_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)valid;
  Scanner *s = payload;
  if (s->plan.next < s->plan.count) {
    take_step(s, lexer, false);
    return true;
  }
  if (lexer->eof(lexer)) return false;
  lexer->mark_end(lexer);
  Buffer buffer = {.lexer = lexer};
  if (!s->state.has_begun && take_blank_lines(&buffer, lexer)) {
    ts_free(buffer.chars);
    return true;
  }
  Lines lines = {.b = &buffer};
  Found found = {0};
  State before = s->state;
  if (before.in_comment) begin_in_comment(&lines);
  bool is_header;
  uint32_t end = cut_block(&lines, &s->state, &is_header);
  s->state.has_begun = true;
  s->state.in_comment = is_inside(&lines, end);
  s->plan = (Plan){0};
  plan_block(&s->plan, &lines, &found, end, is_header, before.in_comment, before.zone);
  forget(&found);
  ts_free(lines.lines);
  ts_free(lines.closed);
  ts_free(buffer.chars);
  take_step(s, lexer, true);
  return true;
}
