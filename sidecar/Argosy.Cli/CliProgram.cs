namespace Argosy.Cli;

/// <summary>How to start this very program again: a published executable, or the assembly under <c>dotnet</c>.</summary>
internal static class CliProgram
{
    public static (string FileName, IReadOnlyList<string> Arguments) Self =>
        Environment.ProcessPath == Installation.DotnetHost
            ? (Environment.ProcessPath, [Path.Combine(AppContext.BaseDirectory, "argosy.dll")])
            : (Environment.ProcessPath!, []);
}
