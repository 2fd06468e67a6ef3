using System.Text.RegularExpressions;

namespace Argosy.Cli.Building;

/// <summary>The tools a checkout needs: the .NET 10 SDK, and Node 20 for the web app.</summary>
internal static partial class Prerequisites
{
    private const int DotnetMajor = 10;
    private const int NodeMajor = 20;

    public static Task RequireDotnetSdkAsync(string folder, CancellationToken cancellationToken) =>
        RequireAsync(Installation.DotnetHost, DotnetMajor, ".NET SDK", "https://dotnet.microsoft.com/download", folder, cancellationToken);

    public static Task RequireNodeAsync(string folder, CancellationToken cancellationToken) =>
        RequireAsync("node", NodeMajor, "Node.js", "https://nodejs.org", folder, cancellationToken);

    private static async Task RequireAsync(string tool, int least, string product, string source, string folder, CancellationToken cancellationToken)
    {
        var answer = "";
        int exit;
        try
        {
            exit = await ToolRun.RunAsync(tool, ["--version"], folder, line => answer += line, cancellationToken);
        }
        catch (CliException)
        {
            exit = -1;
        }
        if (exit != 0 || LeadingNumber().Match(answer) is not { Success: true } version)
            throw new CliException($"{product} {least} or later is needed to build Argosy, and '{tool} --version' gives none: install it from {source}");
        if (int.Parse(version.Value) < least)
            throw new CliException($"{product} {least} or later is needed to build Argosy, but '{tool}' is {answer.Trim()}: install a newer one from {source}");
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex LeadingNumber();
}
