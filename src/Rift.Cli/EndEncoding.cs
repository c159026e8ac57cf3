using System.CommandLine;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>How the end of an episode becomes a state: with one action that stays, or with all of them.</summary>
internal static class EndEncoding
{
    private const string Single = "single";

    /// <summary>The name of the encoding in which every action of an end stays there.</summary>
    internal const string Loops = "loops";

    internal static Option<string?> Option()
    {
        Option<string?> option = new("--encoding")
        {
            Description = $"What an end is: {Single} (default), one action that stays, worth 0; or {Loops}, every action stays, and the end collects their entropy: worth A log(actions)/(1-G).",
            HelpName = "ENDS",
        };
        option.AcceptOnlyFromAmong(Single, Loops);
        return option;
    }

    /// <summary>The process with its ends in the encoding of a name; null is the one they have.</summary>
    /// <exception cref="InputException">The transitions are computed and never stored.</exception>
    internal static MarkovDecisionProcess Of(string? name, MarkovDecisionProcess mdp)
    {
        if (name != Loops) return mdp;
        if (mdp.Kernel is not StoredKernel) throw new InputException($"--encoding: found {Loops} for {mdp.Description.Name}, whose transitions are computed and never stored; expected a stored model");
        TransitionKernelBuilder kernel = new(mdp.States, mdp.Actions);
        for (int s = 0; s < mdp.States; s++)
        {
            bool isEnd = mdp.IsTerminal(s);
            for (int a = 0; a < mdp.Actions; a++)
            {
                if (isEnd) kernel.Add(s, a, s, 1);
                else if (mdp.IsAvailable(s, a))
                    foreach (Successor next in mdp.Kernel.Successors(s, a)) kernel.Add(s, a, next.State, next.Probability);
            }
        }

        return new MarkovDecisionProcess(kernel.Build(), mdp.Reward, mdp.Initial, mdp.Discount, mdp.Description);
    }
}
