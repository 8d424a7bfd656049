; Header, definitions, comments and long blocks fold.
[
  (header)
  (list)
  (table)
  (block_quote)
  (pull_quote)
  (source_definition)
  (entity_definition)
  (comment_block)
  (scratch)
] @fold
