using System.CommandLine;
using Argosy.Cli.Running;

namespace Argosy.Cli.Commands;

/// <summary>The option that says which instance a command is about.</summary>
internal sealed class DataOption : Option<string>
{
    public DataOption(Installation installation)
        : base("--data")
    {
        Description = "Data folder of the instance: its databases, logs and running processes";
        HelpName = "DIR";
        DefaultValueFactory = _ => installation.DefaultDataFolder;
    }

    public DataFolder Folder(ParseResult result) => new(result.GetRequiredValue(this));
}
