using Argosy.Cli.Commands;

return await ArgosyCommand.RunAsync(args);
