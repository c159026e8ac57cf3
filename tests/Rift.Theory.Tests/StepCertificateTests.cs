using FsCheck.Fluent;
using Rift.Mdp;

namespace Rift.Theory.Tests;

public class StepCertificateTests
{
    [TestCase(0.9)]
    [TestCase(0.99)]
    public void The_curvature_bound_is_attained_by_one_fair_choice_between_plus_one_and_minus_one_for_ever(double discount)
    {
        TransitionKernelBuilder kernel = new(3, 2);
        kernel.Add(0, 0, 1, 1).Add(0, 1, 2, 1).Add(1, 0, 1, 1).Add(2, 0, 2, 1);
        StateActionTable h = new(3, 2, [1, -1, 1, 0, -1, 0]);
        MarkovDecisionProcess mdp = new(kernel.Build(), StateActionTable.Constant(3, 2, 0), [1, 0, 0], discount);
        Policy fair = Policy.Uniform(mdp.Kernel);
        CertifiedNumber curvature = new PsiHessian(mdp, fair, 1).Curvature(h, h);
        double square = Visitation.Of(mdp, fair).Pairs.InnerProduct(h.Map(x => x * x));
        Assert.That(curvature.Value * (1 - discount) / square, Is.EqualTo(1).Within(curvature.ErrorBound * (1 - discount)));
    }

    [Test]
    public void Certified_steps_lower_Psi_by_what_they_promise() =>
        ScenarioOf.ForAll(200, plan =>
        {
            SolvedScenario solved = new(ScenarioOf.Plan(plan));
            MarkovDecisionProcess mdp = solved.Mdp;
            StateActionTable phi = solved.CandidateVisitation.Pairs.Zip(solved.Imitation.ExpertVisitation.Pairs, (here, expert) => here > expert ? 1 : 0);
            StepCertificate certificate = StepCertificate.Of(solved.Imitation, solved.CandidateVisitation, phi, plan.Temperature);
            SoftSolution moved = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(mdp.Reward - (certificate.BestStep * phi)), plan.Temperature));
            CertifiedNumber after = solved.Imitation.Psi(moved.Policy, moved.Certificate.LogPolicyRadius);
            // The certificate is for the computed pihat; its distance from the optimum is in the bounds of Psi. The moved reward is rounded, and Psi answers with 2/alpha.
            double rounding = 4 * Rounding.Unit * (mdp.Reward.MaxAbs() + 1) / plan.Temperature, drift = Math.Exp(solved.Candidate.Certificate.LogPolicyRadius) - 1;
            double allowed = 1.01 * (after.ErrorBound + solved.Psi.ErrorBound + rounding + (certificate.BestStep / plan.Temperature * drift / (1 - mdp.Discount)));
            return (after.Value - solved.Psi.Value <= allowed - certificate.GuaranteedDecrease).ToProperty();
        });

    [Test]
    public void The_best_step_is_half_the_largest_and_the_certificate_is_void_where_the_expert_is_stopped_as_often()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        StateActionTable phi = solved.CandidateVisitation.Pairs.Zip(solved.Imitation.ExpertVisitation.Pairs, (here, expert) => here > expert ? 1 : 0);
        StepCertificate certificate = StepCertificate.Of(solved.Imitation, solved.CandidateVisitation, phi, solved.Temperature);
        StepCertificate opposite = StepCertificate.Of(solved.Imitation, solved.CandidateVisitation, phi.Map(x => 1 - x), solved.Temperature);
        // The total variation of the two occupancies; 8 alpha (1 - gamma) = 0.4 here.
        double delta = (solved.CandidateVisitation.Pairs - solved.Imitation.ExpertVisitation.Pairs).Map(Math.Abs).Sum() / 2;
        Assert.Multiple(() =>
        {
            Assert.That(certificate.Advantage.Value, Is.EqualTo(delta).Within(1e-14));
            Assert.That(certificate.LargestGuaranteedStep, Is.EqualTo(0.4 * delta).Within(1e-12));
            Assert.That(certificate.BestStep, Is.EqualTo(0.2 * delta).Within(1e-12));
            Assert.That(certificate.GuaranteedDecrease, Is.EqualTo(0.2 * delta * delta).Within(1e-12));
            Assert.That(certificate.LargestChange(certificate.BestStep), Is.EqualTo(-certificate.GuaranteedDecrease).Within(1e-12));
            Assert.That(certificate.LargestChange(certificate.LargestGuaranteedStep), Is.Zero.Within(1e-12));
            Assert.That(certificate.SmallestChange(1), Is.EqualTo(-delta / 0.5).Within(1e-12));
            Assert.That(opposite.LargestGuaranteedStep, Is.Zero);
            Assert.That(opposite.GuaranteedDecrease, Is.Zero);
        });
    }

    [Test]
    public void Interventions_outside_zero_to_one_are_refused()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        StateActionTable phi = StateActionTable.Create(4, 3, (s, a) => s == 2 && a == 1 ? 1.5 : 0);
        Assert.That(
            () => StepCertificate.Of(solved.Imitation, solved.CandidateVisitation, phi, 1),
            Throws.TypeOf<InvalidModelException>().With.Message.Contains("state 2, action 1").And.Message.Contains("found the intervention probability 1.5"));
    }
}
