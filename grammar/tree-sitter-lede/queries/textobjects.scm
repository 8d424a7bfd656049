; Text objects: a quotation (as a string), an attribution (as a parameter), a paragraph (as a block), a comment.
(quotation) @quotation.outer
(quotation) @string.outer

(source_mark) @attribution.outer
(speaker_mark) @attribution.outer
(source_mark) @parameter.outer
(speaker_mark) @parameter.outer
(source_mark (id) @parameter.inner)
(speaker_mark (id) @parameter.inner)

(paragraph) @paragraph.outer
(paragraph) @block.outer
(block_quote) @block.outer
(list) @block.outer

(comment) @comment.outer
(comment_block) @comment.outer
(note) @comment.outer
