-- Lists to choose from, by vim.ui.select: whatever picker you use shows them.
local M = {}

local function client_of(buffer)
  local client = vim.lsp.get_clients({ name = 'onrecord', bufnr = buffer })[1]
  if not client then
    vim.notify('Onrecord: no draft is open here. :OnrecordCheck reads this text as one.', vim.log.levels.WARN)
  end
  return client
end

local function ask(client, method, params, take, buffer)
  local function taken(problem, answer)
    if problem then
      vim.notify('Onrecord: ' .. tostring(problem.message or problem), vim.log.levels.ERROR)
    else
      take(answer)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, taken, buffer)
  else
    client.request(method, params, taken, buffer)
  end
end

local function jump(client, uri, range)
  local location = { uri = uri, range = range }
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(location, client.offset_encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, client.offset_encoding)
  end
end

--- Who speaks in this draft, then their words; the chosen ones are gone to.
function M.ledger()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    return
  end
  local uri = vim.uri_from_bufnr(buffer)
  ask(client, 'onrecord/ledger', { textDocument = { uri = uri } }, function(ledger)
    local voices = ledger and ledger.voices or {}
    if #voices == 0 then
      vim.notify('Onrecord: nobody speaks in this draft yet.')
      return
    end
    vim.ui.select(voices, {
      prompt = ledger.summary,
      kind = 'onrecord.voice',
      format_item = function(voice)
        return ('%s — %s'):format(voice.name, voice.detail)
      end,
    }, function(voice)
      if not voice then
        return
      end
      vim.ui.select(voice.items, {
        prompt = voice.name,
        kind = 'onrecord.words',
        format_item = function(item)
          return ('%s (%s)'):format(item.words, item.detail)
        end,
      }, function(item)
        if item then
          jump(client, uri, item.range)
        end
      end)
    end)
  end, buffer)
end

--- People, bodies and stories of the desk whose name fits; the chosen one is gone to.
function M.names(query)
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    return
  end
  ask(client, 'workspace/symbol', { query = query or '' }, function(symbols)
    if not symbols or #symbols == 0 then
      vim.notify('Onrecord: nobody of that name is known.')
      return
    end
    vim.ui.select(symbols, {
      prompt = 'The desk’s names',
      kind = 'onrecord.name',
      format_item = function(symbol)
        local where = symbol.containerName and symbol.containerName ~= '' and (' — ' .. symbol.containerName) or ''
        return symbol.name .. where
      end,
    }, function(symbol)
      if symbol then
        jump(client, symbol.location.uri, symbol.location.range)
      end
    end)
  end, buffer)
end

return M
