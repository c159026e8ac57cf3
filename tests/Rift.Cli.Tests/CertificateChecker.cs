using System.Diagnostics;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>tools/check_certificate.py, run by python3 where that is present.</summary>
public static class CertificateChecker
{
    private static readonly Lazy<bool> _isPresent = new(() =>
    {
        try
        {
            return Run("--version").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    /// <summary>What the checker says of certificates for one model: its exit code, and one line for each.</summary>
    public static (int Code, string[] Verdicts) Check(string model, params IEnumerable<string> certificates)
    {
        if (!_isPresent.Value) Assert.Ignore("found no python3, which runs the independent checker");
        return Run([Repository.PathOf("tools", "check_certificate.py"), model, .. certificates]);
    }

    private static (int Code, string[] Lines) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }
}
