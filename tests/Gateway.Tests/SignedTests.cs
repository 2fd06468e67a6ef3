using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

/// <summary>Webhooks: the sender signs the bytes it sends, so they must arrive as they are.</summary>
public sealed class SignedTests(EdgeFixture edge)
{
    private const string Webhook = "/api/payments/webhooks/stripe";
    private const string Body = "{\n  \"id\" :  \"evt_1\",\t\"name\": \"caf\u00e9 \\u00e9\" \n}\n";

    [Fact]
    public async Task Webhook_WithoutCsrfHeaderOrCookie_PassesSignatureAndBodyUnchanged()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("POST", Webhook, Body, ("Stripe-Signature", "t=1,v1=abc,v1=def"));
        var echo = await answer.EchoAsync();
        Assert.Equal(("payment", Body, "t=1,v1=abc,v1=def"), (echo.App, echo.Body, echo.Headers["Stripe-Signature"]));
    }

    [Fact]
    public async Task Webhook_IsNobodys()
    {
        using var http = edge.Gateway.Client();
        using var guest = await http.SendAsync("GET", "/api/basket");
        using var answer = await http.SendAsync("POST", Webhook, Body, ("Cookie", guest.Cookie()!), ("X-Argosy-Customer", "victim"));
        Assert.Null(answer.Cookie());
        var echo = await answer.EchoAsync();
        Assert.False(echo.Headers.ContainsKey("X-Argosy-Customer"));
        Assert.False(echo.Headers.ContainsKey("X-Argosy-Origin"));
        Assert.False(echo.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task Webhook_LargerThanAllowed_Gets413()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("POST", Webhook, new string('x', 300_000), ("Stripe-Signature", "t=1,v1=abc"));
        Assert.Equal("payload-too-large", await answer.ProblemAsync(413));
    }
}
