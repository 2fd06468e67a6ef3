using System.Text.Json;
using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Conformance.DotNetSdk;

/// <summary>Secrets, bindings, configuration, locks and metadata with <see cref="DaprClient"/> (contract 2.4, 3.5).</summary>
public sealed class ResourceTests(SdkApp app) : IClassFixture<SdkApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_KnownAndBulk()
    {
        Assert.Equal("ahoy", (await app.Client.GetSecretAsync("secretstore", "greeting", cancellationToken: Ct))["greeting"]);
        Assert.Equal("fair winds", (await app.Client.GetBulkSecretAsync("secretstore", cancellationToken: Ct))["farewell"]["farewell"]);
    }

    [Fact]
    public async Task Secret_Missing_Fails() =>
        await Assert.ThrowsAsync<Dapr.DaprException>(() => app.Client.GetSecretAsync("secretstore", "missing", cancellationToken: Ct));

    [Fact]
    public async Task OutputBinding_StoresAndReads()
    {
        var metadata = new Dictionary<string, string> { ["fileName"] = $"{Guid.NewGuid()}.txt" };
        await app.Client.InvokeBindingAsync("files", "create", "cargo list", metadata, Ct);
        var request = new BindingRequest("files", "get");
        request.Metadata["fileName"] = metadata["fileName"];
        var content = await app.Client.InvokeBindingAsync(request, Ct);
        Assert.Equal("cargo list", System.Text.Encoding.UTF8.GetString(content.Data.Span));
    }

    [Fact]
    public async Task Mailbox_SameMessageTwice_KeepsOneAndListsIt()
    {
        var messageId = $"{Guid.NewGuid()}.submitted";
        var metadata = new Dictionary<string, string> { ["emailTo"] = "ada@argosy.example", ["subject"] = "cargo", ["messageId"] = messageId };
        var first = await app.Client.InvokeBindingAsync<string, JsonElement>("email", "create", "<p>on board</p>", metadata, Ct);
        var again = await app.Client.InvokeBindingAsync<string, JsonElement>("email", "create", "<p>on board</p>", metadata, Ct);
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());

        var listed = await app.Client.InvokeBindingAsync(new BindingRequest("email", "list") { Metadata = { ["messageIdPrefix"] = messageId[..^"submitted".Length] } }, Ct);
        var mail = Assert.Single(JsonSerializer.Deserialize<List<JsonElement>>(listed.Data.Span)!);
        Assert.Equal((messageId, "harbour@argosy.example", "<p>on board</p>"), (mail.GetProperty("messageId").GetString(), mail.GetProperty("from").GetString(), mail.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task CronBinding_CallsTheApp() => await Eventually.HoldsAsync("the clock ticks twice", () => app.Ticks >= 2);

    [Fact]
    public async Task Configuration_ChangedByAnOperator_ReachesSubscribers()
    {
        var key = $"flag-{Guid.NewGuid():N}";
        await app.SetConfigurationAsync(key, "off");
        Assert.Equal("off", (await app.Client.GetConfiguration("configstore", [key], cancellationToken: Ct)).Items[key].Value);

        var changes = await app.Client.SubscribeConfiguration("configstore", [key], cancellationToken: Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        var seen = Task.Run(async () =>
        {
            await foreach (var change in changes.Source.WithCancellation(stop.Token))
            {
                if (change.TryGetValue(key, out var item) && item.Value.StartsWith("on", StringComparison.Ordinal))
                    return true;
            }
            return false;
        }, Ct);
        // The SDK does not say when the stream stands, and a change before that is no change to it: so change until one is seen.
        var changed = 0;
        await Eventually.HoldsAsync("a change reaches the subscriber", async () =>
        {
            await app.SetConfigurationAsync(key, $"on {++changed}");
            await Task.WhenAny(seen, Task.Delay(TimeSpan.FromMilliseconds(500), Ct));
            return seen.IsCompleted;
        });
        Assert.True(await seen);
    }

    [Fact]
    public async Task Lock_HeldByOneOwner()
    {
        var resource = Guid.NewGuid().ToString();
#pragma warning disable CS0618, DAPR_DISTRIBUTEDLOCK // The lock API is alpha in the SDK.
        Assert.True((await app.Client.Lock("lockstore", resource, "ada", 30, Ct)).Success);
        Assert.False((await app.Client.Lock("lockstore", resource, "bob", 30, Ct)).Success);
        Assert.Equal(LockStatus.LockBelongsToOthers, (await app.Client.Unlock("lockstore", resource, "bob", Ct)).status);
        Assert.Equal(LockStatus.Success, (await app.Client.Unlock("lockstore", resource, "ada", Ct)).status);
        Assert.Equal(LockStatus.LockDoesNotExist, (await app.Client.Unlock("lockstore", resource, "ada", Ct)).status);
#pragma warning restore CS0618, DAPR_DISTRIBUTEDLOCK
    }

    [Fact]
    public async Task Metadata_ListsComponentsAndKeepsAttributes()
    {
        await app.Client.SetMetadataAsync("crew", "twelve", Ct);
        var metadata = await app.Client.GetMetadataAsync(Ct);
        Assert.Equal(ConformanceSidecar.AppId, metadata.Id);
        Assert.Equal("twelve", metadata.Extended["crew"]);
        Assert.Contains(metadata.Components, component => component is { Name: "statestore", Type: "state.sqlite" } && component.Capabilities.Contains("ETAG"));
    }
}
