using System.Net;
using System.Net.Http.Json;
using Dapr.Client;
using Xunit;

namespace Argosy.Conformance.DotNetSdk;

/// <summary>Service invocation with the SDK's HTTP client (contract 2.1).</summary>
public sealed class InvocationTests(SdkApp app) : IClassFixture<SdkApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Http => DaprClient.CreateInvokeHttpClient(ConformanceSidecar.AppId, app.Process.HttpEndpoint);

    [Fact]
    public async Task Invoke_BodyQueryAndCaller_Arrive()
    {
        var cargo = Cargo.New();
        using var http = Http;
        using var answer = await http.PostAsJsonAsync("/echo?tide=high", cargo, Ct);
        Assert.Equal(new Echo(cargo, "high", ConformanceSidecar.AppId), await answer.Content.ReadFromJsonAsync<Echo>(Ct));
    }

    [Fact]
    public async Task Invoke_RefusalOfTheApp_PassesThrough()
    {
        using var http = Http;
        using var answer = await http.GetAsync(new Uri("/refuse", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("no berth", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_UnknownApp_IsDirectInvokeError()
    {
        using var http = DaprClient.CreateInvokeHttpClient("nobody", app.Process.HttpEndpoint);
        using var answer = await http.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("ERR_DIRECT_INVOKE", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_HttpEndpoint_IsCalledWithItsHeadersAndNotAsAnApp()
    {
        using var http = DaprClient.CreateInvokeHttpClient("harbour", app.Process.HttpEndpoint);
        Assert.Equal("ahoy sailor", await http.GetStringAsync(new Uri("/greeting?name=sailor", UriKind.Relative), Ct));
    }
}
