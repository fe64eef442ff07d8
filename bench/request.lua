-- Sends the request that the file REQUEST describes: method, path, headers, an empty line, body. Counts answers that are not 200.
function init()
  local lines, body, inBody = {}, {}, false
  for l in io.lines(os.getenv("REQUEST")) do
    if inBody then body[#body + 1] = l
    elseif l == "" then inBody = true
    else lines[#lines + 1] = l end
  end
  wrk.method, wrk.path = lines[1], lines[2]
  for i = 3, #lines do
    local name, value = lines[i]:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
  if #body > 0 and body[1] ~= "" then wrk.body = table.concat(body, "\n") end
  good, bad = 0, 0
end

function response(status)
  if status == 200 then good = good + 1 else bad = bad + 1 end
end

local threads = {}
function setup(thread) table.insert(threads, thread) end

function done(summary, latency)
  local g, b = 0, 0
  for _, thread in ipairs(threads) do
    g = g + (thread:get("good") or 0)
    b = b + (thread:get("bad") or 0)
  end
  io.write(string.format("DONE %d FAILED %d P99 %d\n", g, b, latency:percentile(99)))
end
