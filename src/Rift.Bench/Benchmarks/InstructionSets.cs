using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace Rift.Bench;

/// <summary>One job for each width that the runtime can be held to, so that all stand in one table.</summary>
/// <remarks>The names that .NET 10 honours: without AVX-512 vectors have 256 bits, without AVX2 (which takes fused multiply-add with it) 128, without any intrinsics there are none.</remarks>
public sealed class InstructionSets : ManualConfig
{
    /// <summary>The jobs, widest first.</summary>
    public InstructionSets()
    {
        Add("512 bits", null);
        Add("256 bits", "DOTNET_EnableAVX512");
        Add("128 bits", "DOTNET_EnableAVX2");
        Add("scalar", "DOTNET_EnableHWIntrinsic");
        HideColumns(Column.EnvironmentVariables);
    }

    private void Add(string width, string? switchedOff)
    {
        Job job = Job.ShortRun.WithId(width);
        AddJob(switchedOff is null ? job : job.WithEnvironmentVariables(new EnvironmentVariable(switchedOff, "0")));
    }
}
