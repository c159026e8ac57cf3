using System.CommandLine;

namespace Rift.Bench;

/// <summary><c>workloads DIR</c>: writes the standard workloads as folders, for the other modes and for other programs.</summary>
internal static class WorkloadsMode
{
    internal static Command Create(TextWriter output)
    {
        Argument<string> folder = new("DIR") { Description = "Where the folders are made." };
        Argument<string[]> names = new("NAME") { Description = "W1, W2, W3 or W4. Default: all.", DefaultValueFactory = _ => [.. StandardWorkloads.Names] };
        Command command = new("workloads", "Write the standard workloads as folders.") { folder, names };
        command.SetAction(parsed =>
        {
            foreach (string name in parsed.GetRequiredValue(names))
            {
                Workload workload = StandardWorkloads.Create(name);
                WorkloadFolder.Write(Path.Combine(parsed.GetRequiredValue(folder), name), workload);
                output.WriteLine($"{name}: {workload.Describe()}");
            }

            return 0;
        });
        return command;
    }
}
