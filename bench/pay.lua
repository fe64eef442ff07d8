-- Sends one signed payment after the other from the pool that POOL names; counts what came back as in process.
local lines, at, paid, failed = {}, 0, 0, 0

function init()
  for l in io.lines(os.getenv("POOL")) do
    local client, time, signature, body = l:match("^([^\t]+)\t([^\t]+)\t([^\t]+)\t(.+)$")
    lines[#lines + 1] = wrk.format("POST", "/aps/api/v1/payments/pay", {
      ["client-id"] = client,
      ["request-time"] = time,
      ["signature"] = "algorithm=RSA256,keyVersion=1,signature=" .. signature,
      ["content-type"] = "application/json; charset=UTF-8",
    }, body)
  end
end

function request()
  at = at + 1
  return lines[(at - 1) % #lines + 1]
end

function response(status, headers, body)
  if status == 200 and headers["signature"] and body:find("PAYMENT_IN_PROCESS", 1, true) then
    paid = paid + 1
  else
    failed = failed + 1
  end
  wrk.thread:set("paid", paid)
  wrk.thread:set("failed", failed)
end

local threads = {}
function setup(thread)
  table.insert(threads, thread)
end

function done(summary, latency)
  local p, f = 0, 0
  for _, thread in ipairs(threads) do
    p = p + (thread:get("paid") or 0)
    f = f + (thread:get("failed") or 0)
  end
  io.write(string.format("PAID %d\nFAILED %d\nP99 %d\n", p, f, latency:percentile(99)))
end
