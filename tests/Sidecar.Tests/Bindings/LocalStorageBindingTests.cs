using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.Bindings;

public sealed class LocalStorageBindingTests(BindingApiFixture fixture) : IClassFixture<BindingApiFixture>
{
    private readonly string _name = Guid.NewGuid().ToString("n");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateGetListDelete_File_RoundTrips()
    {
        using var created = await fixture.InvokeAsync("files", "create", "Hello World", ("fileName", $"{_name}/a.txt"));
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Equal($"{_name}/a.txt", (await created.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("fileName").GetString());
        Assert.Equal("Hello World", await File.ReadAllTextAsync(Path.Combine(fixture.Root, _name, "a.txt"), Cancelled));

        using var got = await fixture.InvokeAsync("files", "get", null, ("fileName", $"{_name}/a.txt"));
        Assert.Equal("Hello World", await got.Content.ReadAsStringAsync(Cancelled));

        using var listed = await fixture.InvokeAsync("files", "list", null, ("fileName", _name));
        var files = await listed.Content.ReadFromJsonAsync<string[]>(Cancelled);
        Assert.EndsWith($"files/{_name}/a.txt", Assert.Single(files!));

        using var deleted = await fixture.InvokeAsync("files", "delete", null, ("fileName", $"{_name}/a.txt"));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var missing = await fixture.InvokeAsync("files", "get", null, ("fileName", $"{_name}/a.txt"));
        Assert.Equal((500, "ERR_INVOKE_OUTPUT_BINDING"), ((int)missing.StatusCode, (await BindingApiFixture.ErrorAsync(missing)).Code));
        using var again = await fixture.InvokeAsync("files", "delete", null, ("fileName", $"{_name}/a.txt"));
        Assert.Equal(HttpStatusCode.InternalServerError, again.StatusCode);
    }

    [Fact]
    public async Task Create_NoName_MakesOne()
    {
        using var created = await fixture.InvokeAsync("files", "create", new { n = 1 });
        var name = (await created.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("fileName").GetString()!;

        Assert.True(Guid.TryParse(name, out _));
        Assert.Equal("""{"n":1}""", await File.ReadAllTextAsync(Path.Combine(fixture.Root, name), Cancelled));
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("a/../../../evil")]
    [InlineData(@"..\..\evil")]
    public async Task Create_NameLeadsOut_StaysInTheRoot(string prefix)
    {
        using var created = await fixture.InvokeAsync("files", "create", "x y", ("fileName", $"{prefix}-{_name}"));

        var name = (await created.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("fileName").GetString()!;
        Assert.True(File.Exists(Path.Combine(fixture.Root, name)));
        Assert.DoesNotContain("..", name);
        Assert.Single(Directory.EnumerateFiles(fixture.Outside, $"*{_name}", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("create")]
    [InlineData("delete")]
    public async Task Invoke_LinkLeadsOut_IsRefused(string operation)
    {
        var secret = Path.Combine(fixture.Outside, $"secret-{_name}");
        await File.WriteAllTextAsync(secret, "secret", Cancelled);
        File.CreateSymbolicLink(Path.Combine(fixture.Root, $"link-{_name}"), secret);
        Directory.CreateSymbolicLink(Path.Combine(fixture.Root, $"folder-{_name}"), fixture.Outside);

        foreach (var name in (string[])[$"link-{_name}", $"folder-{_name}/secret-{_name}"])
        {
            using var answer = await fixture.InvokeAsync("files", operation, "new", ("fileName", name));
            Assert.Contains("leads out", (await BindingApiFixture.ErrorAsync(answer)).Message);
        }
        Assert.Equal("secret", await File.ReadAllTextAsync(secret, Cancelled));
    }

    [Fact]
    public async Task List_LinksInTheFolder_AreNotFollowed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(fixture.Root, _name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "real"), "x", Cancelled);
        Directory.CreateSymbolicLink(Path.Combine(folder, "round"), folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "out"), fixture.Outside);

        using var listed = await fixture.InvokeAsync("files", "list", null, ("fileName", _name));

        Assert.EndsWith("/real", Assert.Single((await listed.Content.ReadFromJsonAsync<string[]>(Cancelled))!));
    }

    [Fact]
    public async Task Sdk_CreateBase64_StoresTheBytes()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await fixture.Dapr.InvokeBindingAsync("files", "create", Convert.ToBase64String(bytes), new Dictionary<string, string> { ["fileName"] = _name }, Cancelled);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(fixture.Root, _name), Cancelled));

        var got = await fixture.Dapr.InvokeBindingAsync(new BindingRequest("files", "get") { Metadata = { ["fileName"] = _name } }, Cancelled);
        Assert.Equal(bytes, got.Data.ToArray());
        await fixture.Dapr.InvokeBindingAsync(new BindingRequest("files", "create") { Data = Encoding.UTF8.GetBytes("plain, not base64!"), Metadata = { ["fileName"] = _name } }, Cancelled);
        Assert.Equal("plain, not base64!", await File.ReadAllTextAsync(Path.Combine(fixture.Root, _name), Cancelled));
    }
}
