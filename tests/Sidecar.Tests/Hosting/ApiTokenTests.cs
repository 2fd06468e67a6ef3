using System.Net;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.Hosting;

public sealed class ApiTokenTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_WithoutTheToken_IsRefusedOnBothTransportsExceptHealth()
    {
        using var folder = new TempFolder();
        await using var sidecar = new SidecarProcess(folder.Path) { Environment = { ["DAPR_API_TOKEN"] = "sesame" } };
        await sidecar.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(sidecar.HttpEndpoint) };

        using var refused = await http.GetAsync(new Uri("/v1.0/metadata", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("invalid api token", await refused.Content.ReadAsStringAsync(Now));
        using var health = await http.GetAsync(new Uri("/v1.0/healthz", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NoContent, health.StatusCode);
        using var invoke = await http.GetAsync(new Uri("/v1.0/invoke/app/method/x", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, invoke.StatusCode);

        http.DefaultRequestHeaders.Add("dapr-api-token", "sesame");
        using var allowed = await http.GetAsync(new Uri("/v1.0/metadata", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);

        using var stranger = Client(sidecar, "wrong");
        var failure = await Assert.ThrowsAsync<DaprException>(() => stranger.GetMetadataAsync(Now));
        Assert.Equal(StatusCode.Unauthenticated, ((RpcException)failure.InnerException!).StatusCode);
        using var friend = Client(sidecar, "sesame");
        Assert.Equal("app", (await friend.GetMetadataAsync(Now)).Id);
    }

    private static DaprClient Client(SidecarProcess sidecar, string token) =>
        new DaprClientBuilder().UseHttpEndpoint(sidecar.HttpEndpoint).UseGrpcEndpoint(sidecar.GrpcEndpoint).UseDaprApiToken(token).Build();
}
