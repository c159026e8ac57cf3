namespace Rift.Mdp.Tests;

public class ScenarioTests
{
    private static readonly Scenario _scenario = OracleCase.All[4].Scenario;

    [Test]
    public void Expert_and_candidate_share_everything_but_the_reward()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_scenario.Expert.Mdp.Reward, Is.SameAs(_scenario.ExpertReward));
            Assert.That(_scenario.Candidate.Mdp, Is.SameAs(_scenario.Mdp));
            Assert.That(_scenario.Expert.Mdp.Kernel, Is.SameAs(_scenario.Candidate.Mdp.Kernel));
            Assert.That(_scenario.Expert.Temperature, Is.EqualTo(_scenario.Candidate.Temperature));
            Assert.That(_scenario.Validated(), Is.SameAs(_scenario));
        }
    }

    [Test]
    public void Parts_that_do_not_fit_are_refused_by_name()
    {
        // S = 2, A = 2.
        StateActionTable wrong = new(1, 2, [0, 0]);
        using (Assert.EnterMultipleScope())
        {
            Refused(() => _scenario with { ExpertReward = wrong }, "found a 1 x 2 table, expected 2 x 2 (Parameter 'ExpertReward')");
            Refused(() => _scenario with { ResidualReward = wrong }, "found a 1 x 2 table, expected 2 x 2 (Parameter 'ResidualReward')");
            Refused(() => _scenario with { StateInterventions = [0] }, "found 1 entries, expected 2 (Parameter 'StateInterventions')");
            Refused(() => _scenario with { StateInterventions = [0, 1.5] }, "state 1: found the intervention probability 1.5, expected a number from 0 to 1");
            Refused(() => _scenario with { Potential = [0] }, "found 1 entries, expected 2 (Parameter 'Potential')");
            Refused(() => _scenario with { Potential = [0, double.NaN] }, "expected a finite number (Parameter 'Potential')");
            Refused(() => _scenario with { Omegas = [1, 0] }, "expected a positive finite number (Parameter 'Omegas')");
            Refused(() => _scenario with { Thresholds = [-1] }, "expected a finite number, zero or more (Parameter 'Thresholds')");
            Refused(() => _scenario with { Temperature = 0 }, "expected a positive finite number (Parameter 'Temperature')");
            Refused(() => _scenario with { Prior = Policy.Deterministic([0, 0], 2) }, "state 0, action 1: the prior never takes the action, expected a positive probability");
            Refused(() => _scenario with { Policy = Policy.Deterministic([1, 0], 2) }, "state 0, action 0: the policy never takes the action, expected a positive probability");
            Refused(() => _scenario with { Policy = Policy.Deterministic([1], 2) }, "found a 1 x 2 table, expected 2 x 2 (Parameter 'policy')");
        }

        static void Refused(Func<Scenario> bad, string message) => Assert.That(() => bad().Validated(), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));
    }
}
