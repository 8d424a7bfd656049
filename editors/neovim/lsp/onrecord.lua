-- What Neovim needs to know of the server; read by vim.lsp.config (0.11 and later), and by plugin/onrecord.lua for 0.10.
return {
  cmd = { 'onrecord', 'serve' },
  filetypes = { 'lede' },
  root_markers = { 'onrecord.toml', '.git' },
  -- See :help onrecord-settings.
  settings = { onrecord = vim.empty_dict() },
}
