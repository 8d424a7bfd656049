# Onrecord in Kakoune, with kak-lsp (kakoune-lsp) installed: copy this to your autoload folder.

hook global BufCreate .*\.lede(\.md)? %{
    set-option buffer filetype lede
}

hook global BufSetOption filetype=lede %{
    set-option buffer lsp_servers %{
        [onrecord]
        root_globs = ["onrecord.toml", ".git"]
        command = "onrecord"
        args = ["serve"]
    }
    set-option buffer comment_block_begin '<!--'
    set-option buffer comment_block_end '-->'
}

# A buffer has no window yet when its file type is set.
hook global WinSetOption filetype=lede %{
    lsp-enable-window
}
