using Argosy.Cli.Running;
using Argosy.Cli.Tye;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class InstancePlanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gateway", "notification")]
    [InlineData("notification", "gateway")]
    public void Make_WithNotification_HandsItsAddressAndTokenToTheGatewayAlone(params string[] services)
    {
        var plan = Make(services);

        var notification = plan.Topology.Apps.Single(app => app.AppId == "notification");
        var gateway = plan.Processes.Single(process => process.Service == "gateway").Environment;
        Assert.Equal($"http://127.0.0.1:{notification.Replicas[0].AppPort}", gateway["Hubs__Address"]);
        Assert.Equal(notification.AppToken, gateway["Hubs__AppToken"]);
        Assert.Equal(notification.AppToken, plan.Processes.Single(process => process.Service == "notification").Environment["APP_API_TOKEN"]);
        Assert.All(plan.Processes.Where(process => process.Service != "gateway"), process => Assert.DoesNotContain("Hubs__AppToken", process.Environment.Keys));
    }

    [Fact]
    public void Make_WithNotification_TellsItWhereTheShopIs()
    {
        var plan = Make("gateway", "notification");

        Assert.Equal(plan.Url, new Uri(plan.Processes.Single(process => process.Service == "notification").Environment["PublicUrl"]));
        Assert.False(plan.Processes.Single(process => process.Service == "gateway").Environment.ContainsKey("PublicUrl"));
    }

    [Fact]
    public void Make_WithoutNotification_SetsNoHub()
    {
        var gateway = Make("gateway", "catalog").Processes.Single(process => process.Service == "gateway").Environment;

        Assert.DoesNotContain(gateway.Keys, name => name.StartsWith("Hubs", StringComparison.Ordinal));
        Assert.NotEmpty(gateway["Web__Root"]);
    }

    [Fact]
    public void Make_WithoutGateway_NamesTheFileAndTheCure() =>
        Assert.Contains("no service is named 'gateway'", Assert.Throws<CliException>(() => Make("catalog")).Message, StringComparison.Ordinal);

    private InstancePlan Make(params string[] services) => InstancePlan.Make(
        new TyeFile("tye.yaml", "argosy", new TyeDapr("components/embedded", null), [.. services.Select(name => new TyeService(name, $"services/{name}.csproj", 1, []))]),
        new Installation(_folder.Path, isPublished: false),
        new DataFolder(_folder.File("data")),
        "components/embedded",
        gatewayPort: 0);
}
