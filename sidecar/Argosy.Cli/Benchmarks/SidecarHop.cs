using System.Diagnostics;
using System.Text.Json;
using Argosy.Cli.Running;
using Argosy.Sidecar.Hosting;

namespace Argosy.Cli.Benchmarks;

/// <summary>What a sidecar adds to a call: the same request to the same service, straight and through a sidecar, in turns, so that
/// whatever else the machine does falls on both.</summary>
internal static class SidecarHop
{
    private const string Caller = "gateway";
    private const string Callee = "catalog";

    public static HopResult Run(DataFolder folder, Uri store, TimeSpan warmUp, TimeSpan measured)
    {
        var topology = TopologyFile.Read(folder.TopologyFile);
        var caller = topology.Apps.First(app => app.AppId == Caller);
        var callee = topology.Apps.First(app => app.AppId == Callee);
        var path = $"/api/catalog/products/{FirstSlug(store)}";
        using var straight = new LeanHttpClient(new Uri($"http://127.0.0.1:{callee.Replicas[0].AppPort}"));
        using var hop = new LeanHttpClient(new Uri($"http://127.0.0.1:{caller.Replicas[0].HttpPort}"));
        var direct = LeanHttpClient.Request("GET", path, $"dapr-api-token: {callee.AppToken}\r\n");
        var invoked = LeanHttpClient.Request("GET", $"/v1.0/invoke/{Callee}/method{path}", $"dapr-api-token: {caller.ApiToken}\r\n");
        Alternate(warmUp);
        return Alternate(measured);

        HopResult Alternate(TimeSpan duration)
        {
            var directTimes = new Latencies();
            var hopTimes = new Latencies();
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < duration)
            {
                Time(straight, direct, directTimes);
                Time(hop, invoked, hopTimes);
            }
            return new HopResult(
                directTimes.Milliseconds(50), hopTimes.Milliseconds(50), hopTimes.Milliseconds(50) - directTimes.Milliseconds(50),
                directTimes.Milliseconds(99), hopTimes.Milliseconds(99));
        }
    }

    private static void Time(LeanHttpClient client, byte[] request, Latencies latencies)
    {
        var started = Stopwatch.GetTimestamp();
        if (client.Send(request) is var status and not 200)
            throw new CliException($"the call that measures a hop was answered {status}");
        latencies.RecordSince(started);
    }

    private static string FirstSlug(Uri store)
    {
        using var client = new LeanHttpClient(store);
        client.Send(LeanHttpClient.Request("GET", "/api/catalog/products?pageSize=1"));
        using var list = JsonDocument.Parse(client.Body.ToArray());
        return list.RootElement.GetProperty("items")[0].GetProperty("slug").GetString()!;
    }
}

/// <summary>Latency of a direct call, of the same through one sidecar, and the difference.</summary>
internal sealed record HopResult(double DirectP50Milliseconds, double HopP50Milliseconds, double AddedP50Milliseconds, double DirectP99Milliseconds, double HopP99Milliseconds);
