-- Asks for the addresses of a file in turn, as browsers do that take gzip, and prints plain figures.

wrk.headers["Accept-Encoding"] = "gzip"

function init(args)
   local requests = {}
   for address in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", address)
   end
   -- A single address needs no call for each request.
   if #requests > 1 then
      local last = math.random(#requests)
      request = function()
         last = last % #requests + 1
         return requests[last]
      end
   end
end

function done(summary, latency)
   local e = summary.errors
   io.write(string.format("\nfigures %d %d %d %d %d %d\n", summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(99), latency.max,
      e.connect + e.read + e.write + e.status + e.timeout))
end
