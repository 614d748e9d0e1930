/**
 * `cancel.lua`: passes a request to cancel a query on to every node. It comes on a connection of its own and names a session
 * by a key that only that session's server knows; the others take no notice of it.
 */
export const CANCEL_LUA = String.raw`-- Rendered by Matriarch: a request to cancel a query, as haproxy.cfg recognises it, goes to every node.

local NODES = {
{{#each nodes}}
  { "{{this.address}}", {{this.port}} },
{{/each}}
}

-- Its length (16), its code (80877102), the number of a process and its key.
local LENGTH = 16

core.register_service("cancel", "tcp", function(client)
  local request = client:receive(LENGTH)
  if request == nil or #request ~= LENGTH then return end
  for _, node in ipairs(NODES) do
    local server = core.tcp()
    -- Seconds. A node that is down must not keep the others waiting.
    server:settimeout(1)
    if server:connect(node[1], node[2]) then
      server:send(request)
      -- A server hangs up when it has done its part: so does this, and the client knows that it is done.
      server:receive(1)
    end
    server:close()
  end
end)
`;
