-- What Neovim needs to know of the server; read by vim.lsp.config (0.11 and later), and by plugin/onrecord.lua for 0.10.

-- Neovim's own completion shows a row only if its word begins with what is typed: a surname, a slip of the finger or a name without its
-- accents would show nothing. Rows sent as snippets it matches as the server says, and it writes what the server says (0.11 and later).
local matches_as_told = vim.lsp.completion ~= nil and vim.fn.has('nvim-0.11') == 1

return {
  cmd = { 'onrecord', 'serve' },
  filetypes = { 'lede' },
  root_markers = { 'onrecord.toml', 'entities', '.git' },
  capabilities = matches_as_told and { experimental = { onrecordRows = 'snippets' } } or nil,
  on_attach = function(client, buffer)
    if matches_as_told then
      vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
      vim.bo[buffer].completeopt = 'menuone,noselect,popup'
    end
  end,
  -- See :help onrecord-settings.
  settings = { onrecord = vim.empty_dict() },
}
