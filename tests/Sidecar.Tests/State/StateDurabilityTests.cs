using System.Collections.Concurrent;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.State;

public sealed class StateDurabilityTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_UnderLoad_LosesNoAcknowledgedWriteAndTearsNoTransaction()
    {
        using var folder = new TempFolder();
        folder.Write("resources/state.yaml", ComponentYaml.Of("statestore", "state.sqlite", "connectionString: state.db"));
        await using var sidecar = new SidecarProcess(folder.Path, "app");
        await sidecar.StartAsync();
        using var dapr = new DaprClientBuilder().UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();
        var acknowledged = new ConcurrentDictionary<int, int>();

        var writers = Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            try
            {
                for (var number = 1; ; number++)
                {
                    await dapr.SaveStateAsync("statestore", $"single-{writer}", number, cancellationToken: Cancelled);
                    await dapr.ExecuteStateTransactionAsync("statestore",
                        [.. Enumerable.Range(0, 3).Select(part => new StateTransactionRequest($"pair-{writer}-{part}", System.Text.Encoding.UTF8.GetBytes($"{number}"), StateOperationType.Upsert))],
                        cancellationToken: Cancelled);
                    acknowledged[writer] = number;
                }
            }
            catch (DaprException)
            {
                // The sidecar is gone.
            }
        })).ToList();
        await Eventually.HoldsAsync("every writer is under way", () => acknowledged.Count == 16 && acknowledged.Values.Sum() > 400);
        sidecar.Kill();
        await Task.WhenAll(writers);

        await sidecar.StartAsync();
        for (var writer = 0; writer < 16; writer++)
        {
            Assert.InRange(await dapr.GetStateAsync<int>("statestore", $"single-{writer}", cancellationToken: Cancelled), acknowledged[writer], acknowledged[writer] + 1);
            var parts = await dapr.GetBulkStateAsync<int>("statestore", [.. Enumerable.Range(0, 3).Select(part => $"pair-{writer}-{part}")], null, cancellationToken: Cancelled);
            Assert.Single(parts.Select(part => part.Value).Distinct());
            Assert.InRange(parts[0].Value, acknowledged[writer], acknowledged[writer] + 1);
        }
    }

    [Theory]
    [InlineData("state.sqlite", "", "'connectionString' is required")]
    [InlineData("state.sqlite", "connectionString: \":memory:\"", "the path of a file")]
    [InlineData("state.sqlite", "connectionString: state.db?mode=ro", "without options")]
    [InlineData("state.sqlite", "tableName: a-b|connectionString: state.db", "letters, digits and underscores")]
    [InlineData("state.in-memory", "keyPrefix: a||b", "a prefix without '||'")]
    public async Task Start_WrongMetadata_EndsWithFileLineAndReason(string type, string metadata, string reason)
    {
        using var folder = new TempFolder();
        var items = metadata.Split('|', StringSplitOptions.RemoveEmptyEntries);
        if (metadata.Contains("||", StringComparison.Ordinal))
            items = [metadata];
        folder.Write("resources/state.yaml", ComponentYaml.Of("statestore", type, [.. items.Select(item => item.Replace("\"", "", StringComparison.Ordinal))]));
        await using var sidecar = new SidecarProcess(folder.Path, "app");

        sidecar.Launch();
        await sidecar.WaitForExitAsync(Cancelled);

        Assert.NotEqual(0, sidecar.ExitCode);
        Assert.Matches(@"state\.yaml:\d+: ", sidecar.Output);
        Assert.Contains(reason, sidecar.Output);
    }
}
