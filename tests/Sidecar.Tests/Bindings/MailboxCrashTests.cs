using System.Collections.Concurrent;
using System.Text.Json;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

/// <summary>A mailbox through the API, with the process killed under load.</summary>
public sealed class MailboxCrashTests : IDisposable
{
    private const int Mails = 400;

    private readonly TempFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileMailsArrive_LosesNoneThatWasTakenAndRepetitionAddsNone()
    {
        _folder.Write("resources/email.yaml", ComponentYaml.Of("email", "bindings.mailbox", "rootPath: mailbox", "emailFrom: shop@x.example"));
        await using var sidecar = new SidecarProcess(_folder.Path);
        await sidecar.StartAsync();
        using var dapr = new DaprClientBuilder().UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();
        var taken = new ConcurrentBag<string>();

        var sending = Task.WhenAll(Enumerable.Range(0, 8).Select(sender => SendAsync(dapr, taken, sender)));
        await Eventually.HoldsAsync("some mails are taken", () => taken.Count > 50);
        sidecar.Kill();
        await sending;
        Assert.InRange(taken.Count, 50, Mails - 1);
        await sidecar.StartAsync();

        var kept = await ListAsync(dapr);
        Assert.Empty(taken.Except(kept));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => SendAsync(dapr, [], sender)));
        kept = await ListAsync(dapr);
        Assert.Equal((Mails, Mails), (kept.Count, kept.Distinct().Count()));
    }

    /// <summary>One sender's share of the mails, until the sidecar dies.</summary>
    private static async Task SendAsync(DaprClient dapr, ConcurrentBag<string> taken, int sender)
    {
        try
        {
            for (var mail = sender; mail < Mails; mail += 8)
            {
                var metadata = new Dictionary<string, string> { ["emailTo"] = "a@x.example", ["subject"] = "s", ["messageId"] = $"{mail}.step" };
                await dapr.InvokeBindingAsync("email", "create", $"<p>{new string('x', 3000)}</p>", metadata, Now);
                taken.Add($"{mail}.step");
            }
        }
        catch (DaprException) when (!Now.IsCancellationRequested)
        {
            // The sidecar was killed.
        }
    }

    private static async Task<List<string>> ListAsync(DaprClient dapr)
    {
        var all = new List<string>();
        while (true)
        {
            var request = new BindingRequest("email", "list") { Metadata = { ["offset"] = $"{all.Count}", ["limit"] = "150" } };
            var page = JsonSerializer.Deserialize<List<JsonElement>>((await dapr.InvokeBindingAsync(request, Now)).Data.Span)!;
            if (page.Count == 0)
                return all;
            all.AddRange(page.Select(mail => mail.GetProperty("messageId").GetString()!));
        }
    }
}
