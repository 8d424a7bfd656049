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

highlight default link ledeComment Comment
highlight default link ledeHeaderKey Label
highlight default link ledeSubhead Title
highlight default link ledeMark Special
highlight default link ledeNote Todo
highlight default link ledeEnd PreProc

let b:current_syntax = 'lede'
