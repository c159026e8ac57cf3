using System.Runtime.InteropServices;

namespace Rift.Bench.Tests;

/// <summary>Folders are read as they were written, and refused where they do not hold what they promise.</summary>
public class WorkloadFolderTests
{
    [Test]
    public void A_folder_holds_what_was_written()
    {
        using ScratchFolder folder = new();
        using Workload written = StandardWorkloads.Garnet("tiny", states: 12, actions: 3, branching: 2, seed: 1, discount: 0.9), read = WorkloadFolder.Read(folder.Path);
        Assert.Multiple(() =>
        {
            Assert.That((read.Name, read.States, read.Actions, read.Discount), Is.EqualTo(("tiny", 12, 3, 0.9)));
            Assert.That(read.RowStart, Is.EqualTo(written.RowStart));
            Assert.That(read.Rewards, Is.EqualTo(written.Rewards));
            Assert.That(read.ReadAll().Successors, Is.EqualTo(written.ReadAll().Successors));
            Assert.That(read.ReadAll().Probabilities, Is.EqualTo(written.ReadAll().Probabilities));
        });
    }

    [Test]
    public void A_process_outlives_its_folder()
    {
        using ScratchFolder folder = new();
        Mdp.MarkovDecisionProcess process;
        using (Workload workload = WorkloadFolder.Read(folder.Path)) process = workload.Process(discount: 0.5);
        Assert.That((process.States, process.Actions, process.Discount, process.Kernel.Transitions, process.Initial[3]), Is.EqualTo((12, 3, 0.5, 72L, 1.0 / 12)));
    }

    [TestCase("12 3 72", "found 3 words, expected 'S A nnz gamma': three whole numbers from 1 and a discount of at least 0 and below 1")]
    [TestCase("12 -3 72 0.9", "found '-3', expected 'S A nnz gamma': three whole numbers from 1 and a discount of at least 0 and below 1")]
    [TestCase("12 0 72 0.9", "found '0', expected 'S A nnz gamma': three whole numbers from 1 and a discount of at least 0 and below 1")]
    [TestCase("12 3 72 1", "found the discount '1', expected 'S A nnz gamma': three whole numbers from 1 and a discount of at least 0 and below 1")]
    [TestCase("2000000000 2 72 0.9", "found 2000000000 x 2 pairs, expected fewer than 2147483591")]
    public void Sizes_that_are_none_are_refused(string meta, string message)
    {
        using ScratchFolder folder = new();
        File.WriteAllText(folder.File("meta.txt"), meta);
        ModeRun.Of("sweep", folder.Path).Refuses($"{folder.File("meta.txt")}: {message}");
    }

    [TestCase("12 3 73 0.9", "col.i32", "found 288 bytes, expected 292 as meta.txt says")]
    [TestCase("1000000 1000 72 0.9", "rowptr.i64", "found 296 bytes, expected 8000000008 as meta.txt says")]
    public void Sizes_are_compared_with_the_files(string meta, string file, string message)
    {
        using ScratchFolder folder = new();
        File.WriteAllText(folder.File("meta.txt"), meta);
        ModeRun.Of("certify", folder.Path).Refuses($"{folder.File(file)}: {message}");
    }

    [TestCase(0, 1, "found 1 first, expected 0")]
    [TestCase(5, 3, "found row 4 from 8 to 3, expected an end after the start")]
    [TestCase(36, 99, "found 99 last, expected 72 as meta.txt says")]
    public void Row_starts_that_are_none_are_refused(int place, long start, string message)
    {
        using ScratchFolder folder = new();
        Replace(folder.File("rowptr.i64"), place, start);
        ModeRun.Of("visit", folder.Path).Refuses($"{folder.File("rowptr.i64")}: {message}");
    }

    [Test]
    public void A_reward_that_is_no_number_is_refused()
    {
        using ScratchFolder folder = new();
        Replace(folder.File("r.f64"), 7, double.NaN);
        ModeRun.Of("sweep", folder.Path).Refuses($"{folder.File("r.f64")}: found NaN for row 7, expected a finite number");
    }

    [Test]
    public void Rows_that_are_no_probabilities_are_refused()
    {
        using ScratchFolder folder = new();
        Replace(folder.File("val.f64"), 0, 2.0);
        ModeRun run = ModeRun.Of("sweep", folder.Path);
        Assert.That((run.Code, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.StartWith($"rift-bench: error: {folder.Path}: state 0, action 0: "));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        using ScratchFolder folder = new();
        File.Delete(folder.File("val.f64"));
        ModeRun.Of("sweep", folder.Path).Refuses($"{folder.File("val.f64")}: found no such file, expected one of 576 bytes");
    }

    [Test]
    public void A_missing_folder_is_named() => ModeRun.Of("sweep", "nowhere").Refuses("nowhere: found no such folder, expected a workload");

    private static void Replace<T>(string file, int place, T entry)
        where T : unmanaged
    {
        byte[] bytes = File.ReadAllBytes(file);
        MemoryMarshal.Cast<byte, T>(bytes.AsSpan())[place] = entry;
        File.WriteAllBytes(file, bytes);
    }
}
