" The marks of a news draft; the server's semantic tokens know the rest.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax spell toplevel
syntax region ledeComment start=/<!--/ end=/-->/ contains=@Spell
syntax match ledeHeader /\%^\_.\{-}\n\n/ contains=ledeHeaderKey
syntax match ledeHeaderKey /^\a[A-Za-z -]*:/ contained
syntax match ledeSubhead /^##\?\s.*$/
syntax match ledeMark /\[[\^@][^\]\n]*\]/ contains=@NoSpell
syntax match ledeNote /\[\%(TK\|CQ\|STET\|ED\|EDS\|DESK\|LEGAL\|NOTE\|PHOTO\|COPY\|FC\|CHECK\)\>[^\]\n]*\]/
syntax match ledeNote /\<TK\>/
syntax match ledeEnd /^\%(###\|-30-\)\s*$/

" With g:onrecord_conceal, marks of sources and people are a small sign, notes and comments are out of sight.
if get(g:, 'onrecord_conceal', 0)
  syntax match ledeMark /\[[\^@][^\]\n]*\]\ze[^:]/ contains=@NoSpell conceal cchar=°
  syntax match ledeMark /\[[\^@][^\]\n]*\]$/ contains=@NoSpell conceal cchar=°
  syntax match ledeNote /\[\%(CQ\|STET\|ED\|EDS\|DESK\|LEGAL\|NOTE\|PHOTO\|COPY\|FC\|CHECK\)\>[^\]\n]*\]/ conceal
  syntax region ledeComment start=/<!--/ end=/-->/ contains=@Spell conceal
endif

highlight default link ledeComment Comment
highlight default link ledeHeaderKey Label
highlight default link ledeSubhead Title
highlight default link ledeMark Special
highlight default link ledeNote Todo
highlight default link ledeEnd PreProc

let b:current_syntax = 'lede'
