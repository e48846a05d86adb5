-- Route calls for wrk: a table that is made once, so that a request costs no Lua to speak of.
--
--   wrk ... -s calls.lua URL -- PATH TENANTS PREFIX
--
-- Neighbours in the table are of different tenants. The last line printed is for the benchmark.

-- Tokens in and out of the first eight sizes in the trace of data/DATA.md.
local sizes = {
  { 374, 44 }, { 396, 109 }, { 879, 55 }, { 91, 16 },
  { 381, 84 }, { 1313, 142 }, { 388, 84 }, { 242, 14 },
}
local models = { "auto", "gpt-4o", "gpt-4o-mini", "auto", "claude-sonnet-4-5", "gemini-2.5-pro" }
local use_cases = { "support", "chat", "coding", "analysis", "extraction" }
local calls_min = 240 -- a multiple of the lengths above, so that each combination is met

local calls = {}
local at = 0

local function body(i, tenant)
  local size = sizes[i % #sizes + 1]
  return string.format(
    '{"model":"%s","input_tokens":%d,"output_tokens":%d,"metadata":{"tenant_id":"%s","use_case":"%s"}}',
    models[i % #models + 1], size[1], size[2], tenant, use_cases[i % #use_cases + 1])
end

function init(args)
  local path, tenants, prefix = args[1], tonumber(args[2]), args[3]
  local headers = { ["Content-Type"] = "application/json" }
  for i = 0, tenants * math.ceil(calls_min / tenants) - 1 do
    local tenant = string.format("%s-%d", prefix, i % tenants)
    calls[#calls + 1] = wrk.format("POST", path, headers, body(i, tenant))
  end
end

function request()
  at = at % #calls + 1
  return calls[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "result requests=%.0f micros=%.0f p50=%.0f p99=%.0f max=%.0f non2xx=%.0f failed=%.0f\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
