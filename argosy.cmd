@echo off
rem Runs the argosy command; in a checkout, builds it first when its sources have changed.
setlocal
set "root=%~dp0"
if exist "%root%bin\Argosy.Cli\argosy.exe" (
  "%root%bin\Argosy.Cli\argosy.exe" %*
  exit /b %errorlevel%
)
where dotnet >nul 2>nul
if errorlevel 1 (
  echo argosy: the .NET 10 SDK is needed and 'dotnet' is not on the PATH: install it from https://dotnet.microsoft.com/download 1>&2
  exit /b 1
)
dotnet run --project "%root%sidecar\Argosy.Cli\Argosy.Cli.csproj" -c Release -v quiet -- %*
exit /b %errorlevel%
