using System.CommandLine;
using System.Text.Json;

namespace Argosy.Sidecar.Hosting;

/// <summary>The command line: daprd's flags for a single sidecar, or <c>--topology</c> for many.</summary>
internal static class SidecarCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var flags = new SidecarFlags();
        var command = new RootCommand("Development host of the Dapr API: one sidecar with daprd's flags, or many with --topology.") { TreatUnmatchedTokensAsErrors = true };
        foreach (var flag in flags.All)
            command.Options.Add(flag);
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                var topology = parsed.GetValue(flags.Topology) is { } file ? TopologyFile.Read(file) : flags.ToTopology(parsed);
                return await SidecarHost.RunAsync(topology, flags.Unused(parsed));
            }
            catch (Exception invalid) when (invalid is JsonException or IOException or FormatException)
            {
                await Console.Error.WriteLineAsync(invalid.Message);
                return 1;
            }
        });
        return await command.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false }).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
