using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Argosy.Testing;

namespace Argosy.Deployment.Tests.Manifests;

/// <summary>Builds kustomizations as a deployment does. Where kubectl is missing, the tests that need it say so and are skipped.</summary>
internal static class Kubectl
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Built = new();
    private static readonly Lazy<string?> Missing = new(FindOut);

    /// <summary>The manifests of a folder of the checkout, as YAML; built once per run.</summary>
    public static string Build(string folder)
    {
        Assert.SkipWhen(Missing.Value is not null, $"kubectl does not run here ({Missing.Value}), so no kustomization can be built");
        return Built.GetOrAdd(folder, _ => new Lazy<string>(() => Kustomize(folder))).Value;
    }

    private static string Kustomize(string folder)
    {
        var (exit, output, errors) = Run("kustomize", Path.Combine(Repository.Root, folder));
        Assert.True(exit == 0, $"kubectl kustomize {folder} ended with {exit}: {errors}");
        Assert.Equal("", errors);
        return output;
    }

    private static string? FindOut()
    {
        try
        {
            return Run("version", "--client").Exit == 0 ? null : "'kubectl version' fails";
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
    }

    private static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
