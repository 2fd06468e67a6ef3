using Argosy.Sidecar.Hosting;

return await SidecarCommand.RunAsync(args);
